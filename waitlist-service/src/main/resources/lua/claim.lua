-- Exchanging a ticket for an admission; again gives the same one.
-- ARGV[3] customer, [4] id for a new admission, [5] number of the ticket, or '' for a ticket of the lobby.
local customer, id, number = ARGV[3], ARGV[4], tonumber(ARGV[5] or '')
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

local function exchange()
    close_if_exhausted()
    keep_turns()
    if number then
        if number > room.issued then return {'NOT_YOUR_TURN', 1} end
        -- a ticket that is not the customer's place any more is void, and says so below
        place_of(customer, number)
    else
        number = number_of(customer)
        if not number then
            if now < terms.opensAt then return {'NOT_YOUR_TURN', math.ceil((terms.opensAt - now) / 1000)} end
            if redis.call('ZSCORE', LOBBY, customer) then return {'NOT_YOUR_TURN', 1} end
            return {sold_out() and 'SOLD_OUT' or 'PASSED'}
        end
    end
    local state, text = stand_again()
    if state == 'TURN' and now >= LAST_SECOND * 1000 then return {'ENDED'} end
    if state == 'TURN' then return {'ADMITTED', number, claim(number, customer, id)} end
    if state == 'CLAIMED' then return {'ADMITTED', number, text} end
    if state == 'PAUSED' then return {'TURN_KEPT'} end
    if state == 'WAITING' and terms.paused then return {'PAUSED'} end
    if state == 'WAITING' then
        return {'NOT_YOUR_TURN', math.ceil(math.max(0, number - room.serving) / math.max(1, terms.rate))}
    end
    return {state}
end

local outcome = exchange()
leave()
return outcome
