-- Builds the room from what PostgreSQL remembers, under a new epoch, in parts that are short enough for a server with other work to do.
-- Numbers and places that Redis still knows stay known; a customer who holds an admission is known by its number.
-- args  step BEGIN, issued: ceiling that was reached, serving, ceiling: the new one, available,
--                   stockVersion, phase, gaps: 'after-through,...'
--       step PROMISES, promises: each a member, units, lapse, claim
--       step SPENT, numbers: that had their turn
--       step PLACES, places: each a customer, place in the lobby, number: none before the draw
--       step END: from now on the room is there
-- reply OK, KEPT: a replica has built this room already
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
            issued = args.issued, serving = args.serving, available = args.available, version = args.stockVersion,
            phase = args.phase, promised = 0, flying = 0, pace = terms.rate, pacedAt = now, admitted = 0,
            termsVersion = terms.version
        }
        redis.call('HSET', ROOM, 'building', ARGV[1], 'ceiling', args.ceiling, 'gaps', args.gaps, 'runId', run_id())
        leave()
        return {'OK'}
    end,
    PROMISES = function()
        for _, promised in ipairs(args.promises) do
            local member = promised.member
            -- a part may come twice: its reply was late
            drop(member)
            promise(member, promised.units, promised.lapse)
            redis.call('HSET', CLAIMS, member, promised.claim)
            local number, _, _, customer = tonumber(member), claim_of(member)
            if number then know(customer, number) end
        end
    end,
    SPENT = function()
        for _, number in ipairs(args.numbers) do redis.call('SADD', SPENT, number) end
    end,
    PLACES = function()
        for _, kept in ipairs(args.places) do
            local customer, number = kept.customer, kept.number
            if number then
                redis.call('HSETNX', NUMBERS, customer, number)
                redis.call('ZREM', LOBBY, customer)
                redis.call('HSET', ROOM, 'drawn', '1')
            elseif not number_of(customer) then
                redis.call('ZADD', LOBBY, kept.place, customer)
            end
        end
    end,
    END = function()
        redis.call('HDEL', ROOM, 'building')
        redis.call('HSET', ROOM, 'epoch', ARGV[1], 'engine', ENGINE)
    end
}

if args.step == 'BEGIN' then return build.BEGIN() end
if not state() then return gone() end
build[args.step]()
leave()
return {'OK'}
