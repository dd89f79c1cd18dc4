-- Keeps the places of jobs that go on. To be called before their leases are extended, so that a place never ends before its lease.
--
-- KEYS[1]  sorted set of places that are taken, by when each ends in ms
-- ARGV[1]  for how many ms from now
-- ARGV[2]  place of a job, and any more: '<job id> <fencing token>'
--
-- Returns {'kept', how many}   those that are still held; a place that has ended is not taken anew
-- Atomic. No place is shortened. Costs O(places log n).

local held_key = KEYS[1]
local hold_ms = tonumber(ARGV[1])

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

redis.call('ZREMRANGEBYSCORE', held_key, '-inf', now_ms)
local kept = 0
for at = 2, #ARGV do
  if redis.call('ZSCORE', held_key, ARGV[at]) then
    redis.call('ZADD', held_key, 'XX', 'GT', now_ms + hold_ms, ARGV[at])
    kept = kept + 1
  end
end
return {'kept', string.format('%d', kept)}
