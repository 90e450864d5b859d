-- Tells the room what PostgreSQL has decided; each change may come twice and in any order.
-- args  changes: each has a type and the fields of this type
-- reply OK
if not enter() then return gone() end

local apply = {
    -- an order was placed: the promise no longer lapses. One that is not here is an offer that Redis missed, or was decided meanwhile:
    -- it is promised as well, and the clock of the room asks PostgreSQL about it soon.
    IN_FLIGHT = function(change)
        local lapse = tonumber(redis.call('ZSCORE', PROMISES, change.member) or '')
        if lapse and lapse >= IN_FLIGHT then return end
        drop(change.member)
        promise(change.member, change.units, IN_FLIGHT + now)
        redis.call('HSET', CLAIMS, change.member, change.claim)
    end,
    -- decided or lapsed
    DROPPED = function(change) drop(change.member) end,
    -- an offer of the waitlist
    OFFERED = function(change)
        if redis.call('ZSCORE', PROMISES, change.member) then return end
        promise(change.member, change.units, change.lapse)
        redis.call('HSET', CLAIMS, change.member, change.claim)
    end,
    -- the claim is a row in PostgreSQL now
    RECORDED = function(change)
        local head, tail = string.match(change.claim, '^([^|]+|%d+|%d+|%d+)|0|(.*)$')
        if head and redis.call('HGET', CLAIMS, change.member) == change.claim then
            redis.call('HSET', CLAIMS, change.member, head .. '|1|' .. tail)
        end
    end,
    STOCK = function(change) take_stock(change.available, change.version) end,
    CEILING = function(change)
        redis.call('HSET', ROOM, 'ceiling', math.max(room.ceiling, change.ceiling))
    end,
    -- only forward: a message that was delayed must not open a room that was sold out again
    PHASE = function(change) room.phase = math.max(room.phase, change.phase) end
}

for _, change in ipairs(args.changes) do apply[change.type](change) end
leave()
return {'OK'}
