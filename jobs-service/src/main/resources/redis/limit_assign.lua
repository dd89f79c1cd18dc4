-- Turns the places of a reservation into those of the jobs that were taken, and gives back what is left over.
--
-- KEYS[1]  hash of the limit (limit_put.lua)    KEYS[2]  sorted set of places that are taken, by when each ends in ms
-- ARGV[1]  name of the reservation    ARGV[2]  how many places it had    ARGV[3]  for how many ms the jobs have theirs
-- ARGV[4]  place of a job, and any more: '<job id> <fencing token>'
--
-- Returns {'assigned', how many}   the first so many of the jobs have places; the others have none, because the reservation had ended
-- Atomic (J-27). Nobody is woken for what is given back: two queues whose groups are at their limits would wake each other without end;
-- who was refused meanwhile looks again soon. Costs O(places log n).

local settings_key, held_key = KEYS[1], KEYS[2]
local reservation, reserved, hold_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local FIRST = 4

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

redis.call('ZREMRANGEBYSCORE', held_key, '-inf', now_ms)
local there = 0
for place = 1, reserved do
  there = there + redis.call('ZREM', held_key, reservation .. ' ' .. place)
end
local jobs = #ARGV - FIRST + 1
local assigned = math.min(jobs, there)
for n = 1, assigned do
  redis.call('ZADD', held_key, now_ms + hold_ms, ARGV[FIRST + n - 1])
end
if there > assigned then
  local settings = redis.call('HMGET', settings_key, 'rate', 'ratePeriodMs', 'fullAt')
  if settings[1] and settings[3] then
    local back_ms = (there - assigned) * tonumber(settings[2]) / tonumber(settings[1])
    redis.call('HSET', settings_key, 'fullAt', string.format('%.3f', tonumber(settings[3]) - back_ms))
  end
end
return {'assigned', string.format('%d', assigned)}
