-- The waiting room of one sale: the common beginning of all scripts.
--
-- KEYS  one hash tag, so one node:
--   room      hash: epoch, counters, stock            numbers  hash: customer -> number
--   promises  zset: member -> when it lapses (ms)     units    hash: member -> units it counts for
--   claims    hash: member -> the admission           turns    zset: numbers that have a turn and have not claimed
--   lobby     zset: customer -> place in the draw     late     zset: numbers that are served before all larger ones, as their owners came back
--   spent     set: numbers whose turn does not come any more although no promise tells so: it was given, or they are void
--   missed    zset: number -> how many of its turns lapsed unclaimed
-- A member is a ticket number, or 'e:' and the id of a waitlist entry that has an offer.
-- ARGV[1] epoch the caller knows, [2] terms of the sale (JSON), [3] arguments of the script (JSON), if it has any.
-- A reply is its outcome, then names and values in turn. GONE: this is not the room that the caller knows.
--
-- Invariants: serving <= issued <= ceiling; serving only grows; promised = sum of units;
-- promised - flying <= admissionFactor x available at the moment of each promise, but one unit may always be promised.
local ROOM, NUMBERS, PROMISES, UNITS, CLAIMS, TURNS, LOBBY, LATE, SPENT, MISSED = unpack(KEYS)
local IN_FLIGHT = 1e15 -- scores from here on: an order was placed with it, it lapses no more
local MOST_MISSED = 2 -- a number whose turn lapsed unclaimed may come back this often

local time = redis.call('TIME')
local micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
local now = math.floor(micros / 1000)
local terms = cjson.decode(ARGV[2])
local args = ARGV[3] and cjson.decode(ARGV[3])
local room

-- No admission may be used later: a token counts in whole seconds, and none outlives its sale.
local LAST_SECOND = math.floor(terms.endsAt / 1000)

-- The address of a function differs from process to process, and costs nothing to look at. INFO has the certain answer.
local ENGINE = tostring(redis.call)

local function run_id()
    return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
end

-- Whether the server is the one that the room was built on. After a restart or a failover the keys may be older than the answers.
local function is_same_server(engine, id)
    if engine == ENGINE then return true end
    if run_id() ~= id then return false end
    redis.call('HSET', ROOM, 'engine', ENGINE)
    return true
end

-- Reads the room; false when this is not the room the caller knows: Redis lost it, or another replica rebuilt it.
local function enter()
    local v = redis.call('HMGET', ROOM, 'epoch', 'issued', 'serving', 'ceiling', 'available', 'version',
        'promised', 'flying', 'phase', 'pace', 'pacedAt', 'gaps', 'admitted', 'engine', 'runId', 'termsVersion', 'paused')
    if v[1] ~= ARGV[1] then return false end
    if not is_same_server(v[14], v[15]) then
        redis.call('HDEL', ROOM, 'epoch')
        return false
    end
    room = {
        issued = tonumber(v[2]), serving = tonumber(v[3]), ceiling = tonumber(v[4]),
        available = tonumber(v[5]), version = tonumber(v[6]),
        promised = tonumber(v[7]), flying = tonumber(v[8]), phase = tonumber(v[9]),
        pace = tonumber(v[10]), pacedAt = tonumber(v[11]), gaps = v[12], admitted = tonumber(v[13]),
        termsVersion = tonumber(v[16] or '0')
    }
    -- another replica knows newer terms: a pause holds for all replicas as soon as it holds for one
    if terms.version < room.termsVersion then terms.paused = v[17] == '1' end
    return true
end

-- No key may stay for ever. The large ones, of all customers, go when no request can ask for them any more.
local LARGE_KEPT_MS = 600000

local function keep(key)
    local large = key == NUMBERS or key == LOBBY
    redis.call('PEXPIREAT', key, large and terms.endsAt + LARGE_KEPT_MS or terms.keptUntil)
end

local function leave()
    redis.call('HSET', ROOM, 'issued', room.issued, 'serving', room.serving, 'available', room.available,
        'version', room.version, 'promised', room.promised, 'flying', room.flying, 'phase', room.phase,
        'pace', room.pace, 'pacedAt', room.pacedAt, 'admitted', room.admitted,
        'termsVersion', math.max(terms.version, room.termsVersion), 'paused', terms.paused and '1' or '0')
    for _, key in ipairs(KEYS) do
        if redis.call('PTTL', key) == -1 then keep(key) end
    end
end

local function gone()
    return {'GONE'}
end

local function open()
    return now >= terms.opensAt and now < terms.endsAt
end

local function sold_out()
    return room.phase % 2 == 1
end

-- Units that may still be promised. A factor below one rounds down, but never so far that the last units cannot be sold.
local function free()
    local most = math.floor(room.available * terms.factorMillionths / 1000000)
    if room.available > 0 then most = math.max(1, most) end
    return most - room.promised
end

local function promise(member, units, lapse)
    redis.call('ZADD', PROMISES, lapse, member)
    redis.call('HSET', UNITS, member, units)
    room.promised = room.promised + units
    if lapse >= IN_FLIGHT then room.flying = room.flying + units end
end

local function drop(member)
    local lapse = tonumber(redis.call('ZSCORE', PROMISES, member) or '')
    if not lapse then return end
    local units = tonumber(redis.call('HGET', UNITS, member))
    redis.call('ZREM', PROMISES, member)
    redis.call('HDEL', UNITS, member)
    redis.call('HDEL', CLAIMS, member)
    redis.call('ZREM', TURNS, member)
    room.promised = room.promised - units
    if lapse >= IN_FLIGHT then room.flying = room.flying - units end
end

local function take_stock(available, version)
    if version > room.version then
        room.available, room.version = available, version
    end
end

-- The end of the gap that holds the number, if one does.
local function gap_end(number)
    if not room.gaps or room.gaps == '' then return nil end
    for after, through in string.gmatch(room.gaps, '(%d+)-(%d+)') do
        if number > tonumber(after) and number <= tonumber(through) then return tonumber(through) end
    end
    return nil
end

-- Customers who have a number and wait for their turn; the numbers of a gap have no known owners.
local function waiting()
    local count = room.issued - room.serving + redis.call('ZCARD', LATE)
    if room.gaps and room.gaps ~= '' then
        for after, through in string.gmatch(room.gaps, '(%d+)-(%d+)') do
            local first = math.max(tonumber(after), room.serving)
            local last = math.min(tonumber(through), room.issued)
            count = count - math.max(0, last - first)
        end
    end
    return count
end

-- Places that are left. Customers who wait, were promised a unit or took one fill them: beyond crowdFactor x allotted there is no chance.
local function places()
    local taken = math.max(0, terms.allotted - room.available)
    return terms.crowd - waiting() - redis.call('ZCARD', PROMISES) - taken
end

local function crowd_full()
    return places() - redis.call('ZCARD', LOBBY) <= 0
end

-- Sold out: nothing is left, and no promise is undecided.
local function close_if_exhausted()
    if open() and not sold_out() and room.available == 0 and redis.call('ZCARD', PROMISES) == 0 then
        room.phase = room.phase + 1
    end
end

-- The clocks of unclaimed turns stand still while the sale is paused, and follow a clock of Redis that was set back.
local function keep_turns()
    local v = redis.call('HMGET', ROOM, 'tickedAt', 'tickedPaused')
    local ticked = tonumber(v[1] or '') or now
    local was_paused = v[2] == '1'
    if v[1] and was_paused == terms.paused and now >= ticked and now - ticked < 500 then return end
    local stood = (terms.paused or was_paused) and now - ticked or math.min(0, now - ticked)
    if stood ~= 0 then
        for _, number in ipairs(redis.call('ZRANGE', TURNS, 0, -1)) do redis.call('ZINCRBY', PROMISES, stood, number) end
    end
    redis.call('HSET', ROOM, 'tickedAt', now, 'tickedPaused', terms.paused and '1' or '0')
end

-- A promise whose outcome only PostgreSQL knows.
local function doubtful(member, claim)
    return {member = member, claim = claim or nil}
end

local function drop_lapsed_turns()
    local overdue = {}
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', PROMISES, '-inf', now, 'LIMIT', 0, 500)) do
        local claim = redis.call('HGET', CLAIMS, member)
        if claim then
            -- PostgreSQL knows the outcome of a claimed one; it stays promised, and is asked about
            -- again in a second
            overdue[#overdue + 1] = doubtful(member, claim)
            redis.call('ZADD', PROMISES, now + 1000, member)
        elseif not terms.paused then
            drop(member)
            redis.call('ZINCRBY', MISSED, 1, member)
        end
    end
    return overdue
end

local function take_late(number)
    redis.call('ZREM', LATE, number)
    redis.call('SADD', SPENT, number)
    return number
end

-- The smallest number that waits; of a gap only those that came back count.
local function next_number()
    local late = tonumber(redis.call('ZRANGE', LATE, 0, 0)[1] or '')
    if late and late <= room.serving then return take_late(late) end
    while room.serving < room.issued do
        local number = room.serving + 1
        local through = gap_end(number)
        if through and late and late <= through then
            room.serving = late
            return take_late(late)
        elseif through then
            room.serving = math.min(through, room.issued)
        else
            room.serving = number
            if not redis.call('ZSCORE', PROMISES, number) and redis.call('SISMEMBER', SPENT, number) == 0 then
                return number
            end
        end
    end
    return nil
end

-- How long a turn waits to be claimed: as long as the sale says, or half of it (at least ten seconds) while many wait for each unit.
local MANY, SHORTEST_MS = 20, 10000

local function turn_ms()
    if waiting() < MANY * math.max(1, room.available) then return terms.turnMs end
    return math.min(terms.turnMs, math.max(SHORTEST_MS, math.floor(terms.turnMs / 2)))
end

-- Whether the line may move: an operator stops one sale by a pause, and the turns of all sales by a switch.
local function moves()
    return open() and terms.admits and not terms.paused and not sold_out()
end

-- Gives turns in the order of the numbers, as long as there are units, pace and people.
local function advance(limit)
    if not moves() or now >= LAST_SECOND * 1000 then return end
    -- a clock that was set back takes no pace away
    room.pace = math.min(math.max(1, terms.rate), room.pace + math.max(0, now - room.pacedAt) * terms.rate / 1000)
    room.pacedAt = now
    if free() <= 0 then return end
    local lapse = math.min(now + turn_ms(), terms.endsAt)
    while limit > 0 and room.pace >= 1 and free() > 0 do
        local number = next_number()
        if not number then return end
        promise(number, math.min(terms.limit, free()), lapse)
        redis.call('ZADD', TURNS, number, number)
        room.pace = room.pace - 1
        room.admitted = room.admitted + 1
        limit = limit - 1
    end
end

-- jti|issuedAt|expiresAt|units|recorded|customer|paused: how long the sale's pauses had lasted when it was made, in milliseconds.
-- Later pauses prolong it; the clock of one stands still while the sale is paused.
local function claim_of(member)
    local claim = redis.call('HGET', CLAIMS, member)
    if not claim then return nil, nil, nil end
    local expiresAt, customer, paused = string.match(claim, '^[^|]+|%d+|(%d+)|%d+|%d|([^|]*)|?(%d*)$')
    local later = math.max(0, terms.pausedMs - (tonumber(paused) or terms.pausedMs)) / 1000
    local ends = math.max(tonumber(expiresAt), math.min(tonumber(expiresAt) + later, LAST_SECOND))
    if terms.paused then ends = math.max(ends, LAST_SECOND) end
    return claim, ends, customer
end

local function claim(number, customer, id)
    local issuedAt = math.floor(now / 1000)
    -- a token counts in whole seconds: rounding up gives the customer no less time than the sale
    -- promises
    local expiresAt = math.min(math.ceil((now + terms.admissionMs) / 1000), LAST_SECOND)
    local units = redis.call('HGET', UNITS, number)
    local text = table.concat({id, string.format('%d', issuedAt), string.format('%d', expiresAt), units, '0', customer, string.format('%d', terms.pausedMs)}, '|')
    redis.call('HSET', CLAIMS, number, text)
    redis.call('ZREM', TURNS, number)
    redis.call('ZREM', MISSED, number)
    redis.call('ZADD', PROMISES, expiresAt * 1000 + terms.graceMs, number)
    return text
end

-- CLAIMED (and the claim), TURN, PAUSED, WAITING, LATE, SOLD_OUT or PASSED. PAUSED is a turn whose clock stands still.
local function standing(number, customer)
    local lapse = tonumber(redis.call('ZSCORE', PROMISES, number) or '')
    if lapse then
        local text, expiresAt, owner = claim_of(number)
        if text then
            -- two customers have one number only if Redis came back older than its answers; the admission is the first one's
            if owner == customer and expiresAt * 1000 > now then return 'CLAIMED', text end
            return 'PASSED'
        end
        if terms.paused then return 'PAUSED' end
        if lapse > now then return 'TURN' end
        return 'PASSED'
    end
    if sold_out() then return 'SOLD_OUT' end
    if redis.call('ZSCORE', LATE, number) then return 'WAITING' end
    if redis.call('SISMEMBER', SPENT, number) == 1 then return 'PASSED' end
    if gap_end(number) then return 'LATE' end
    return number > room.serving and 'WAITING' or 'PASSED'
end

local function number_of(customer)
    return tonumber(redis.call('HGET', NUMBERS, customer) or '')
end

-- How good a place is: an admission, a turn, a place in the line; all others are over.
local RANK = {CLAIMED = 1, TURN = 2, PAUSED = 2, WAITING = 3, LATE = 3}
local OVER = 4

local function rank(number, customer)
    return RANK[standing(number, customer)] or OVER
end

-- Whether one number of a customer is better than the other: it is further, or equally far and
-- smaller.
local function is_better(one, other, customer)
    local this, that = rank(one, customer), rank(other, customer)
    -- the later number had its turn, so it was the place: the earlier one would be a second place
    if that == OVER and one < other then return this == RANK.CLAIMED end
    return this < that or this == that and one < other
end

-- Voids a number: its turn does not come, or goes to the next one. An admission that is out stays
-- as it is.
local function void(number, customer)
    local its = rank(number, customer)
    if its == RANK.CLAIMED then return end
    redis.call('ZREM', MISSED, number)
    if its == OVER then return end
    drop(number)
    redis.call('ZREM', LATE, number)
    redis.call('SADD', SPENT, number)
end

-- The number of a customer: one place for all tickets that they show. After a loss of Redis a
-- ticket is the only record of a place. A customer who came without it first was given a second
-- place, and one of the two is void.
local function place_of(customer, shown)
    local number = number_of(customer)
    if not shown or shown > room.issued or shown == number then return number end
    if number and not is_better(shown, number, customer) then
        void(shown, customer)
        return number
    end
    if number then void(number, customer) end
    redis.call('HSET', NUMBERS, customer, shown)
    redis.call('ZREM', LOBBY, customer)
    return shown
end

-- Where a number stands after its owner has come back. A number of a gap waits from now on, before all larger ones; so does a number
-- whose turn lapsed unclaimed, if 'again' says so and it was not missed too often.
local function stand(number, customer, again)
    local state, text = standing(number, customer)
    local missed = state == 'PASSED' and again and tonumber(redis.call('ZSCORE', MISSED, number) or '')
    if state == 'LATE' or (missed and missed <= MOST_MISSED) then
        redis.call('ZADD', LATE, number, number)
        advance(10)
        state, text = standing(number, customer)
    end
    return state, text
end
