-- Tells the room what PostgreSQL has decided; each change may come twice and in any order.
-- ARGV from [3]: groups of five, an operation and its four arguments.
if not enter() then return gone() end

local change = {
    -- an order was placed: the promise no longer lapses. One that is not here is an offer that Redis missed, or was decided meanwhile:
    -- it is promised as well, and the clock of the room asks PostgreSQL about it soon.
    FLY = function(member, units, text)
        local lapse = tonumber(redis.call('ZSCORE', PROMISES, member) or '')
        if lapse and lapse >= IN_FLIGHT then return end
        drop(member)
        promise(member, tonumber(units), IN_FLIGHT + now)
        redis.call('HSET', CLAIMS, member, text)
    end,
    -- decided or lapsed
    DROP = function(member) drop(member) end,
    -- an offer of the waitlist
    OFFER = function(member, units, text, lapse)
        if redis.call('ZSCORE', PROMISES, member) then return end
        promise(member, tonumber(units), tonumber(lapse))
        redis.call('HSET', CLAIMS, member, text)
    end,
    -- the claim is a row in PostgreSQL now
    RECORDED = function(member, text)
        local head, tail = string.match(text, '^([^|]+|%d+|%d+|%d+)|0|(.*)$')
        if head and redis.call('HGET', CLAIMS, member) == text then
            redis.call('HSET', CLAIMS, member, head .. '|1|' .. tail)
        end
    end,
    STOCK = function(available, version) take_stock(tonumber(available), tonumber(version)) end,
    CEILING = function(ceiling)
        redis.call('HSET', ROOM, 'ceiling', math.max(room.ceiling, tonumber(ceiling)))
    end,
    -- only forward: a message that was delayed must not open a room that was sold out again
    PHASE = function(phase) room.phase = math.max(room.phase, tonumber(phase)) end
}

for i = 3, #ARGV, 5 do
    change[ARGV[i]](ARGV[i + 1], ARGV[i + 2], ARGV[i + 3], ARGV[i + 4])
end
leave()
return {'OK'}
