-- Which crowd it is that must be let through although the room is sold out: everybody who has a number or a place in the lobby. Changes
-- nothing. While epoch and phase stay, people are only added to NUMBERS, and nobody enters the lobby: so the same answer is the same people.
if not enter() then return gone() end
if not open() or not sold_out() then return {'OPEN'} end
return {'SOLD_OUT', ARGV[1], room.phase, room.issued, redis.call('HLEN', NUMBERS), redis.call('ZCARD', LOBBY)}
