-- The crowd that must be let through although the room is sold out: all customers with a number or
-- a place in the lobby. Changes nothing. While epoch and phase stay, NUMBERS only gains customers,
-- and no customer enters the lobby: so the same reply means the same customers.
if not enter() then return gone() end
if not open() or not sold_out() then return {'OPEN'} end
return {'SOLD_OUT', ARGV[1], room.phase, room.issued, redis.call('HLEN', NUMBERS), redis.call('ZCARD', LOBBY)}
