-- Exchanging a ticket for an admission; again gives the same one.
-- args  customer, admission: id for a new one, number: of the ticket, none for one of the lobby
-- reply ADMITTED number claim, NOT_YOUR_TURN seconds, PAUSED, TURN_KEPT, PASSED, SOLD_OUT, ENDED
local customer, number = args.customer, args.number
if not enter() then return gone() end
if now >= terms.endsAt then return {'ENDED'} end

-- A missed turn is given again at once if a unit is free; otherwise the answer is that it has passed, and joining again keeps the place.
local function stand_again()
    local passed = standing(number, customer) == 'PASSED'
    local state, text = stand(number, customer, number_of(customer) == number)
    if passed and state == 'WAITING' then
        redis.call('ZREM', LATE, number)
        return 'PASSED'
    end
    return state, text
end

local function not_your_turn(seconds)
    return {'NOT_YOUR_TURN', 'seconds', seconds}
end

local function exchange()
    close_if_exhausted()
    keep_turns()
    if number then
        if number > room.issued then return not_your_turn(1) end
        -- a ticket that is not the customer's place any more is void, and says so below
        place_of(customer, number)
    else
        number = number_of(customer)
        if not number then
            if now < terms.opensAt then return not_your_turn(math.ceil((terms.opensAt - now) / 1000)) end
            if redis.call('ZSCORE', LOBBY, customer) then return not_your_turn(1) end
            return {sold_out() and 'SOLD_OUT' or 'PASSED'}
        end
    end
    local state, text = stand_again()
    if state == 'TURN' and now >= LAST_SECOND * 1000 then return {'ENDED'} end
    if state == 'TURN' then text = claim(number, customer, args.admission) end
    if state == 'TURN' or state == 'CLAIMED' then return {'ADMITTED', 'number', number, 'claim', text} end
    if state == 'PAUSED' then return {'TURN_KEPT'} end
    if state == 'WAITING' and terms.paused then return {'PAUSED'} end
    if state == 'WAITING' then
        return not_your_turn(math.ceil(math.max(0, number - room.serving) / math.max(1, terms.rate)))
    end
    return {state}
end

local outcome = exchange()
leave()
return outcome
