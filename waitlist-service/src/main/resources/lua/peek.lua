-- Where a customer stands; changes nothing.
-- ARGV[3] customer.
if not enter() then return gone() end
local kept = redis.call('ZSCORE', LOBBY, ARGV[3])
if kept then return {'LOBBY', kept} end
local number = number_of(ARGV[3])
if not number then return {'NONE'} end
local state, text = standing(number, ARGV[3])
if state == 'CLAIMED' then return {'ADMITTED', number, text} end
if state == 'TURN' then return {'TURN', number, tonumber(redis.call('HGET', UNITS, number))} end
if state == 'WAITING' or state == 'LATE' or state == 'PAUSED' then return {'WAITING', number} end
return {state, number}
