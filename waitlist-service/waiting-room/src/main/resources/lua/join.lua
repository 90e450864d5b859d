-- Joining, of many customers in one call: the same customer has the same number; with units, pace and no customer in front
-- the turn comes in the same call.
-- args  joins: in the order in which they are served, each a
--       customer, admission: id for a new one, place: in the lobby, by arrival without it,
--       shownNumber: of a ticket that was shown, if one was
-- reply OK joins: for each one of
--       ADMITTED number claim, WAITING number, LOBBY place, NOT_OPEN, SOLD_OUT, CROWD_FULL, ENDED,
--       CEILING: PostgreSQL must approve more numbers, FAILED reason: an error, which only this join meets
if not enter() then return gone() end

local function answer(number, customer, admission)
    local state, text = stand(number, customer, true)
    if state == 'TURN' and now >= LAST_SECOND * 1000 then return {'ENDED'} end
    if state == 'TURN' then text = claim(number, customer, admission) end
    if state == 'TURN' or state == 'CLAIMED' then return {'ADMITTED', 'number', number, 'claim', text} end
    if state == 'WAITING' or state == 'PAUSED' then return {'WAITING', 'number', number} end
    if state == 'SOLD_OUT' then return {'SOLD_OUT'} end
    return nil -- the turn has passed: one may join again, at the end
end

local function in_lobby(customer)
    local kept = redis.call('ZSCORE', LOBBY, customer)
    return kept and {'LOBBY', 'place', kept} or nil
end

local function enter_lobby(score, customer)
    redis.call('ZADD', LOBBY, 'NX', string.format('%.0f', score), customer)
    return in_lobby(customer)
end

-- arrival  micros, one more for each join of the call. A join takes longer than that, so the next call's are later.
local function join(each, arrival)
    local customer = each.customer
    local number = place_of(customer, each.shownNumber)
    local known = number and answer(number, customer, each.admission) or in_lobby(customer)
    if known then return known end
    if now < terms.lobbyFrom then return {'NOT_OPEN'} end
    if sold_out() then return {'SOLD_OUT'} end
    -- a clock that is set back opens no second lobby
    local before_draw = now < terms.opensAt and redis.call('HEXISTS', ROOM, 'drawn') == 0
    -- a draw takes every customer and cuts afterwards: being early is no edge
    if before_draw and terms.lobby > 0 then
        if redis.call('ZCARD', LOBBY) >= terms.lobby then return {'CROWD_FULL'} end
        return enter_lobby(each.place or arrival, customer)
    end
    if crowd_full() then return {'CROWD_FULL'} end
    if before_draw then return enter_lobby(each.place or arrival, customer) end
    -- a customer who comes while the lobby is being drawn stands behind it: no draw is as high as a time stamp
    if now < terms.opensAt or redis.call('EXISTS', LOBBY) == 1 then return enter_lobby(arrival, customer) end
    if room.issued >= room.ceiling then return {'CEILING'} end
    room.issued = room.issued + 1
    redis.call('HSET', NUMBERS, customer, room.issued)
    number = room.issued
    advance(10)
    return answer(number, customer, each.admission) or {'WAITING', 'number', number}
end

-- An error of one join must not lose the numbers of the others.
local function try(each, arrival)
    local done, outcome = pcall(join, each, arrival)
    if done then return outcome end
    return {'FAILED', 'reason', type(outcome) == 'table' and outcome.err or tostring(outcome)}
end

local outcomes = {}
if now >= terms.endsAt then
    for i in ipairs(args.joins) do outcomes[i] = {'ENDED'} end
else
    close_if_exhausted()
    keep_turns()
    for i, each in ipairs(args.joins) do outcomes[i] = try(each, micros + i - 1) end
    leave()
end
return {'OK', 'joins', outcomes}
