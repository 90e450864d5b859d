-- Where a customer stands; changes nothing.
-- args  customer
-- reply NONE, CROWD_FULL: no place, and after a draw by lot none is free; LOBBY place, WAITING number, TURN number units, ADMITTED number claim, PASSED number,
--       SOLD_OUT number
local customer = args.customer
if not enter() then return gone() end
local place = redis.call('ZSCORE', LOBBY, customer)
if place then return {'LOBBY', 'place', place} end
local number = number_of(customer)
if not number then
    local drawn = terms.lobby > 0 and now >= terms.opensAt
    return {drawn and not sold_out() and crowd_full() and 'CROWD_FULL' or 'NONE'}
end
local state, text = standing(number, customer)
if state == 'CLAIMED' then return {'ADMITTED', 'number', number, 'claim', text} end
if state == 'TURN' then return {'TURN', 'number', number, 'units', redis.call('HGET', UNITS, number)} end
if state == 'WAITING' or state == 'LATE' or state == 'PAUSED' then return {'WAITING', 'number', number} end
return {state, 'number', number}
