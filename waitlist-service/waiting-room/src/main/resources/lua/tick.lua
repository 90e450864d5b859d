-- The clock of a room; any replica may call it at any time.
-- args  available, stockVersion: the stock the caller knows, ceiling: in PostgreSQL
-- reply OK state: the room (JSON), with the promises that only PostgreSQL can decide. Overdue ones are
--       claimed and their time is over, stuck ones belong to orders that are long undecided
if not enter() then return gone() end

local WINDOW_MS = 10000

take_stock(args.available, args.stockVersion)
if args.ceiling > room.ceiling then
    room.ceiling = args.ceiling
    redis.call('HSET', ROOM, 'ceiling', room.ceiling)
end
keep_turns()
local overdue = drop_lapsed_turns()
advance(1000)
close_if_exhausted()
leave()
local v = redis.call('HMGET', ROOM, 'keptAt', 'windowAt', 'windowAdmitted', 'average', 'steady', 'doubt')
local window = {began = tonumber(v[2] or ''), admitted = tonumber(v[3] or ''), average = tonumber(v[4] or ''),
    steady = tonumber(v[5] or ''), doubt = tonumber(v[6] or '')}
if math.abs(now - tonumber(v[1] or '0')) > 60000 then
    redis.call('HSET', ROOM, 'keptAt', now)
    for _, key in ipairs(KEYS) do keep(key) end
end

local waits = waiting()

-- Measures the pace in windows in which a customer waits all the time and the line may move;
-- otherwise it would measure the demand.
local function measure()
    local began, steady = window.began, window.steady
    if waits == 0 or not moves() then
        if began then redis.call('HDEL', ROOM, 'windowAt') end
        return steady
    end
    if not began then
        redis.call('HSET', ROOM, 'windowAt', now, 'windowAdmitted', room.admitted)
        return steady
    end
    if now < began then -- the clock was set back
        redis.call('HDEL', ROOM, 'windowAt')
        return steady
    end
    if now - began < WINDOW_MS then return steady end
    local per_minute = (room.admitted - window.admitted) * 60000 / (now - began)
    local pace = next_pace({average = window.average, shown = steady, doubt = window.doubt}, per_minute)
    redis.call('HSET', ROOM, 'windowAt', now, 'windowAdmitted', room.admitted, 'average', pace.average, 'steady', pace.shown,
        'doubt', pace.doubt or '')
    return pace.shown
end
local steady = measure()

local stuck = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', PROMISES, IN_FLIGHT, IN_FLIGHT + now - 5000, 'LIMIT', 0, 200)) do
    stuck[#stuck + 1] = doubtful(member, redis.call('HGET', CLAIMS, member))
end
local first = redis.call('ZRANGE', TURNS, 0, 0)[1]
local settled = first and math.min(room.serving, tonumber(first) - 1) or room.serving
-- As one JSON text: 17 names and values one by one take Redis 9 us longer. It has 14 digits, enough
-- for milliseconds, and an empty list is written as {}.
return {'OK', 'state', cjson.encode({
    clock = now, phase = room.phase,
    issued = room.issued, serving = room.serving, settled = settled, ceiling = room.ceiling,
    available = room.available, stockVersion = room.version, promised = room.promised, inFlight = room.flying,
    waiting = waits, lobby = redis.call('ZCARD', LOBBY), promises = redis.call('ZCARD', PROMISES),
    admitted = room.admitted, steadyPerMinute = math.floor(steady or 0),
    overdue = overdue, stuck = stuck
})}
