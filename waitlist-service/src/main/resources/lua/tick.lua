-- The clock of a room; any replica may call it at any time.
-- ARGV[3] available, [4] version of the stock the caller knows, [5] ceiling in PostgreSQL.
if not enter() then return gone() end

local WINDOW_MS = 10000

take_stock(tonumber(ARGV[3]), tonumber(ARGV[4]))
room.ceiling = math.max(room.ceiling, tonumber(ARGV[5]))
redis.call('HSET', ROOM, 'ceiling', room.ceiling)
keep_turns()
local overdue = drop_lapsed_turns()
advance(1000)
close_if_exhausted()
leave()
if math.abs(now - tonumber(redis.call('HGET', ROOM, 'keptAt') or '0')) > 60000 then
    redis.call('HSET', ROOM, 'keptAt', now)
    for _, key in ipairs(KEYS) do keep(key) end
end

-- Measures the pace in windows in which a customer waits all the time; otherwise it would measure
-- the demand.
local function measure()
    local v = redis.call('HMGET', ROOM, 'windowAt', 'windowAdmitted', 'average', 'steady', 'doubt')
    local began, steady = tonumber(v[1] or ''), tonumber(v[4] or '')
    if waiting() == 0 or not open() or terms.paused or sold_out() then
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
    local per_minute = (room.admitted - tonumber(v[2])) * 60000 / (now - began)
    local pace = next_pace({average = tonumber(v[3] or ''), shown = steady, doubt = tonumber(v[5] or '')}, per_minute)
    redis.call('HSET', ROOM, 'windowAt', now, 'windowAdmitted', room.admitted, 'average', pace.average, 'steady', pace.shown,
        'doubt', pace.doubt or '')
    return pace.shown
end
local steady = measure()

local stuck = {}
for _, member in ipairs(redis.call('ZRANGEBYSCORE', PROMISES, IN_FLIGHT, IN_FLIGHT + now - 5000, 'LIMIT', 0, 200)) do
    stuck[#stuck + 1] = member .. '|' .. (redis.call('HGET', CLAIMS, member) or '')
end
local first = redis.call('ZRANGE', TURNS, 0, 0)[1]
local settled = first and math.min(room.serving, tonumber(first) - 1) or room.serving
return {
    'OK', room.issued, room.serving, settled, room.ceiling, room.available, room.version, room.promised, room.flying,
    room.phase, waiting(), redis.call('ZCARD', LOBBY), redis.call('ZCARD', PROMISES), room.admitted, overdue, stuck,
    math.floor(steady or 0), now
}
