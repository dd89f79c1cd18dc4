-- An instance says that it is there, and learns who else is.
--
-- KEYS  1 instances  sorted set of instances, score: ms of Redis's clock until which they count
-- ARGV  1 holder     the instance; empty to learn only
--       2 lease_ms   how long it counts; 0 to be struck off
--
-- Returns all instances that count
--
-- Atomic. Those that count no more are struck off.

local instances = KEYS[1]
local holder, lease_ms = ARGV[1], tonumber(ARGV[2])

local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if holder ~= '' then
  redis.call('ZADD', instances, string.format('%.0f', now_ms + lease_ms), holder)
end
redis.call('ZREMRANGEBYSCORE', instances, '-inf', string.format('%.0f', now_ms))
return redis.call('ZRANGE', instances, 0, -1)
