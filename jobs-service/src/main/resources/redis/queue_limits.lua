-- Sets what a queue and its groups may run, all of it at once; what is not said has no limit.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  channel that wakes idle workers
-- then pairs: name of a limit (job_lease.lua) · its value, '' for none
--
-- Returns {'set'}
-- Atomic. Groups that were parked for a limit look at the new one when one of their jobs ends or their time comes, and at most 1,000 of
-- them at once. Repeating it is harmless.

--@include job_life

local wake_channel = ARGV[1]
local GROUPS_MAX = 1000

for at = 2, #ARGV, 2 do
  if ARGV[at + 1] == '' then
    redis.call('HDEL', settings_key, ARGV[at])
  else
    redis.call('HSET', settings_key, ARGV[at], ARGV[at + 1])
  end
end
for _, group in ipairs(redis.call('ZRANGE', parked_key, 0, GROUPS_MAX - 1)) do
  redis.call('ZREM', parked_key, group)
  enter_ring(group)
end
wake = true
publish_wake(wake_channel)
return {'set'}
