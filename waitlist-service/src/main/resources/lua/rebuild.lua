-- Builds the room from what PostgreSQL remembers, under a new epoch, in parts that are short enough for a server with other work to do.
-- Numbers and places that Redis still knows stay known; a customer who holds an admission is known by its number.
-- ARGV[3] BEGIN, [4] issued = ceiling that was reached, [5] serving, [6] new ceiling, [7] available, [8] version, [9] phase,
--         [10] gaps 'after-through,...'
--      or PROMISES, each: member, units, lapse, claim
--      or SPENT, each: a number that had its turn
--      or PLACES, each: customer, place in the lobby, number or '' before the draw
--      or END: from now on the room is there.
local function state()
    local v = redis.call('HMGET', ROOM, 'building', 'issued', 'serving', 'available', 'version', 'phase', 'promised', 'flying',
        'runId')
    if v[1] ~= ARGV[1] or v[9] ~= run_id() then return false end
    room = {
        issued = tonumber(v[2]), serving = tonumber(v[3]), available = tonumber(v[4]), version = tonumber(v[5]),
        phase = tonumber(v[6]), promised = tonumber(v[7]), flying = tonumber(v[8]), pace = terms.rate, pacedAt = now,
        admitted = 0, termsVersion = terms.version
    }
    return true
end

local function know(customer, number)
    local known = number_of(customer)
    if known and not (redis.call('ZSCORE', PROMISES, known) and number > known) then return end
    redis.call('HSET', NUMBERS, customer, number)
end

local build = {
    BEGIN = function()
        local epoch = tonumber(redis.call('HGET', ROOM, 'epoch') or '')
        if epoch and epoch >= tonumber(ARGV[1]) then return {'KEPT'} end
        redis.call('UNLINK', ROOM, PROMISES, UNITS, CLAIMS, TURNS, LATE, SPENT, MISSED)
        room = {
            issued = tonumber(ARGV[4]), serving = tonumber(ARGV[5]), available = tonumber(ARGV[7]), version = tonumber(ARGV[8]),
            phase = tonumber(ARGV[9]), promised = 0, flying = 0, pace = terms.rate, pacedAt = now, admitted = 0,
            termsVersion = terms.version
        }
        redis.call('HSET', ROOM, 'building', ARGV[1], 'ceiling', ARGV[6], 'gaps', ARGV[10], 'runId', run_id())
        leave()
        return {'OK'}
    end,
    PROMISES = function()
        for i = 4, #ARGV, 4 do
            -- a part may come twice: its reply was late
            drop(ARGV[i])
            promise(ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]))
            redis.call('HSET', CLAIMS, ARGV[i], ARGV[i + 3])
            local number, _, _, customer = tonumber(ARGV[i]), claim_of(ARGV[i])
            if number then know(customer, number) end
        end
    end,
    SPENT = function()
        for i = 4, #ARGV do redis.call('SADD', SPENT, ARGV[i]) end
    end,
    PLACES = function()
        for i = 4, #ARGV, 3 do
            local customer, place, number = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
            if number then
                redis.call('HSETNX', NUMBERS, customer, number)
                redis.call('ZREM', LOBBY, customer)
                redis.call('HSET', ROOM, 'drawn', '1')
            elseif not number_of(customer) then
                redis.call('ZADD', LOBBY, place, customer)
            end
        end
    end,
    END = function()
        redis.call('HDEL', ROOM, 'building')
        redis.call('HSET', ROOM, 'epoch', ARGV[1], 'engine', ENGINE)
    end
}

if ARGV[3] == 'BEGIN' then return build.BEGIN() end
if not state() then return gone() end
build[ARGV[3]]()
leave()
return {'OK'}
