-- Builds the room from what PostgreSQL remembers, under a new epoch. Numbers and places that are still known stay known; whoever holds an
-- admission is known by its number.
-- ARGV[1] new epoch, [3] issued = ceiling that was reached, [4] serving, [5] new ceiling, [6] available, [7] version, [8] phase,
-- [9] gaps 'after-through,...', [10] how many promises follow, each: member, units, lapse, claim; then the numbers that had their turn.
local epoch = tonumber(redis.call('HGET', ROOM, 'epoch') or '')
if epoch and epoch >= tonumber(ARGV[1]) then return {'KEPT'} end

redis.call('DEL', ROOM, PROMISES, UNITS, CLAIMS, TURNS, LATE, SPENT)
room = {
    issued = tonumber(ARGV[3]), serving = tonumber(ARGV[4]), available = tonumber(ARGV[6]), version = tonumber(ARGV[7]),
    phase = tonumber(ARGV[8]), promised = 0, flying = 0, pace = terms.rate, pacedAt = now, admitted = 0
}
local found = {}
local function know(customer, number)
    local known = number_of(customer)
    if known and not (found[customer] and number > known) then return end
    redis.call('HSET', NUMBERS, customer, number)
    found[customer] = true
end

local at = 11
for _ = 1, tonumber(ARGV[10]) do
    local lapse = tonumber(ARGV[at + 2])
    promise(ARGV[at], tonumber(ARGV[at + 1]), lapse)
    redis.call('HSET', CLAIMS, ARGV[at], ARGV[at + 3])
    local number = tonumber(ARGV[at])
    if number then know(string.match(ARGV[at + 3], '([^|]*)$'), number) end
    at = at + 4
end
for i = at, #ARGV do
    redis.call('SADD', SPENT, ARGV[i])
end
leave()
redis.call('HSET', ROOM, 'ceiling', ARGV[5], 'gaps', ARGV[9],
    'runId', string.match(redis.call('INFO', 'server'), 'run_id:(%x+)'), 'epoch', ARGV[1])
return {'REBUILT'}
