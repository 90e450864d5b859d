-- Takes one token from a bucket. The bucket is one number: the time (microseconds, Redis' clock) at which it would be full again (GCRA).
-- KEYS[1] bucket   ARGV[1] microseconds between two tokens   ARGV[2] burst   ARGV[3] tokens already taken without asking
-- returns {1 if allowed, tokens left, milliseconds to wait}
local interval = tonumber(ARGV[1])
local depth = interval * tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
-- never further ahead than an empty bucket: a clock that was set back must not lock anybody out
local unreported = tonumber(ARGV[3]) * interval
local full = math.min(math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + unreported, now + depth)
local function keep(fullAt)
  redis.call('SET', KEYS[1], string.format('%.0f', fullAt), 'PX', math.ceil((fullAt - now) / 1000) + 1)
end
local after = full + interval
local wait = after - depth - now
if wait > 0 then
  if unreported > 0 then keep(full) end
  return {0, 0, math.ceil(wait / 1000)}
end
keep(after)
return {1, math.floor(-wait / interval), 0}
