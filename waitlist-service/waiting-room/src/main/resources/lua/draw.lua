-- The draw of the lobby, batch by batch: 'NEXT' names the next customers, then PostgreSQL writes
-- their numbers, then 'GIVE' gives them.
-- args  step NEXT, limit
--       step GIVE, numbers: each a customer and a number, by numbers
--       step CUT: the customers that are left have no chance
-- reply NEXT issued candidates: each a customer and a place; EMPTY, CUT, GIVEN
if not enter() then return gone() end

local draw = {
    NEXT = function()
        if not open() then return {'EMPTY'} end
        local limit = args.limit
        if terms.lobby > 0 then
            if redis.call('EXISTS', LOBBY) == 1 and places() <= 0 then return {'CUT'} end
            limit = math.min(limit, places())
        end
        local next = redis.call('ZRANGE', LOBBY, 0, limit - 1, 'WITHSCORES')
        if #next == 0 then return {'EMPTY'} end
        local candidates = {}
        for i = 1, #next, 2 do candidates[#candidates + 1] = {'customer', next[i], 'place', next[i + 1]} end
        return {'NEXT', 'issued', room.issued, 'candidates', candidates}
    end,
    GIVE = function()
        for _, given in ipairs(args.numbers) do
            local customer, number = given.customer, given.number
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

local outcome = draw[args.step]()
leave()
return outcome
