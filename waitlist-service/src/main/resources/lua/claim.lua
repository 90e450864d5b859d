-- Exchanging a ticket for an admission; again gives the same one.
-- ARGV[3] customer, [4] id for a new admission, [5] number of the ticket, or '' for a ticket of the lobby.
local customer, id, number = ARGV[3], ARGV[4], tonumber(ARGV[5] or '')
if not enter() then return gone() end
if now >= terms.endsAt then return {'ENDED'} end

local function exchange()
    close_if_exhausted()
    if number then
        if number > room.issued then return {'NOT_YOUR_TURN', 1} end
        -- a ticket that is not his place any more is void, and says so below
        place_of(customer, number)
    else
        number = number_of(customer)
        if not number then
            if now < terms.opensAt then return {'NOT_YOUR_TURN', math.ceil((terms.opensAt - now) / 1000)} end
            if redis.call('ZSCORE', LOBBY, customer) then return {'NOT_YOUR_TURN', 1} end
            return {sold_out() and 'SOLD_OUT' or 'PASSED'}
        end
    end
    local state, text = standing(number)
    if state == 'LATE' then
        redis.call('ZADD', LATE, number, number)
        advance(10)
        state, text = standing(number)
    end
    if state == 'TURN' then return {'ADMITTED', number, claim(number, customer, id)} end
    if state == 'CLAIMED' then return {'ADMITTED', number, text} end
    if state == 'WAITING' then
        return {'NOT_YOUR_TURN', math.ceil(math.max(0, number - room.serving) / math.max(1, terms.rate))}
    end
    return {state}
end

local outcome = exchange()
leave()
return outcome
