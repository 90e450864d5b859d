-- Joining: the same customer has the same number; with units, pace and no customer in front the
-- turn comes in the same call.
-- args  customer, admission: id for a new one, place: in the lobby, by arrival without it,
--       shownNumber: of a ticket that was shown, if one was
-- reply ADMITTED number claim, WAITING number, LOBBY place, NOT_OPEN, SOLD_OUT, CROWD_FULL, ENDED,
--       CEILING: PostgreSQL must approve more numbers
local customer = args.customer
if not enter() then return gone() end
if now >= terms.endsAt then return {'ENDED'} end

local function answer(number)
    local state, text = stand(number, customer, true)
    if state == 'TURN' and now >= LAST_SECOND * 1000 then return {'ENDED'} end
    if state == 'TURN' then text = claim(number, customer, args.admission) end
    if state == 'TURN' or state == 'CLAIMED' then return {'ADMITTED', 'number', number, 'claim', text} end
    if state == 'WAITING' or state == 'PAUSED' then return {'WAITING', 'number', number} end
    if state == 'SOLD_OUT' then return {'SOLD_OUT'} end
    return nil -- the turn has passed: one may join again, at the end
end

local function in_lobby()
    local kept = redis.call('ZSCORE', LOBBY, customer)
    return kept and {'LOBBY', 'place', kept} or nil
end

local function enter_lobby(score)
    redis.call('ZADD', LOBBY, 'NX', string.format('%.0f', score), customer)
    return in_lobby()
end

local function join()
    close_if_exhausted()
    keep_turns()
    local number = place_of(customer, args.shownNumber)
    local known = number and answer(number) or in_lobby()
    if known then return known end
    if now < terms.lobbyFrom then return {'NOT_OPEN'} end
    if sold_out() then return {'SOLD_OUT'} end
    -- a clock that is set back opens no second lobby
    local before_draw = now < terms.opensAt and redis.call('HEXISTS', ROOM, 'drawn') == 0
    -- a draw takes every customer and cuts afterwards: being early is no edge
    if before_draw and terms.lobby > 0 then
        if redis.call('ZCARD', LOBBY) >= terms.lobby then return {'CROWD_FULL'} end
        return enter_lobby(args.place or micros)
    end
    if crowd_full() then return {'CROWD_FULL'} end
    if before_draw then return enter_lobby(args.place or micros) end
    -- a customer who comes while the lobby is being drawn stands behind it: no draw is as high as a time stamp
    if now < terms.opensAt or redis.call('EXISTS', LOBBY) == 1 then return enter_lobby(micros) end
    if room.issued >= room.ceiling then return {'CEILING'} end
    room.issued = room.issued + 1
    redis.call('HSET', NUMBERS, customer, room.issued)
    number = room.issued
    advance(10)
    return answer(number) or {'WAITING', 'number', number}
end

local outcome = join()
leave()
return outcome
