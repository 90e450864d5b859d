-- The customers that must be let through although the room is sold out: all with a number or a
-- place in the lobby. Changes nothing. While epoch and phase stay, NUMBERS only gains customers,
-- and no customer enters the lobby: so the same reply means the same customers.
-- reply OPEN, SOLD_OUT phase issued numbered lobby
if not enter() then return gone() end
if not open() or not sold_out() then return {'OPEN'} end
return {
    'SOLD_OUT', 'phase', room.phase, 'issued', room.issued,
    'numbered', redis.call('HLEN', NUMBERS), 'lobby', redis.call('ZCARD', LOBBY)
}
