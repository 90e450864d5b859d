-- The draw of the lobby, batch by batch: 'NEXT' names the next customers, then PostgreSQL writes
-- their numbers, then 'GIVE' gives them.
-- ARGV[3] NEXT, [4] limit; or GIVE, then pairs of customer and number, by numbers; or CUT: the
-- customers that are left have no chance.
if not enter() then return gone() end

local draw = {
    NEXT = function(limit)
        if not open() then return {'EMPTY'} end
        limit = tonumber(limit)
        if terms.lobby > 0 then
            if redis.call('EXISTS', LOBBY) == 1 and places() <= 0 then return {'CUT'} end
            limit = math.min(limit, places())
        end
        local next = redis.call('ZRANGE', LOBBY, 0, limit - 1, 'WITHSCORES')
        if #next == 0 then return {'EMPTY'} end
        return {'NEXT', room.issued, next}
    end,
    GIVE = function(...)
        local given = {...}
        for i = 1, #given, 2 do
            local customer, number = given[i], tonumber(given[i + 1])
            room.issued = math.max(room.issued, number)
            redis.call('ZREM', LOBBY, customer)
            -- a customer who showed an older ticket meanwhile has a place; a number without an
            -- owner holds up no other
            if redis.call('HSETNX', NUMBERS, customer, number) == 0 and number_of(customer) ~= number then
                redis.call('SADD', SPENT, number)
            end
        end
        room.ceiling = math.max(room.ceiling, room.issued)
        redis.call('HSET', ROOM, 'ceiling', room.ceiling, 'drawn', '1')
        return {'GIVEN'}
    end,
    CUT = function()
        redis.call('UNLINK', LOBBY)
        return {'CUT'}
    end
}

local outcome = draw[ARGV[3]](unpack(ARGV, 4))
leave()
return outcome
