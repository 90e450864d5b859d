-- Takes one token from a bucket. The bucket is one number: the time (microseconds, Redis' clock) at which it would be full again (GCRA).
-- KEYS[1] bucket   ARGV[1] microseconds between two tokens   ARGV[2] burst
-- returns {1 if allowed, tokens left, milliseconds to wait}
local interval = tonumber(ARGV[1])
local depth = interval * tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
-- never further ahead than an empty bucket: a clock that was set back must not lock anybody out
local full = math.min(math.max(tonumber(redis.call('GET', KEYS[1]) or now), now), now + depth)
local after = full + interval
local wait = after - depth - now
if wait > 0 then
  return {0, 0, math.ceil(wait / 1000)}
end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1)
return {1, math.floor(-wait / interval), 0}
