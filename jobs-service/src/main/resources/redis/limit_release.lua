-- Gives back the places of jobs that are over, and wakes whoever may have waited for one.
--
-- KEYS[1]  hash of the limit (limit_put.lua)    KEYS[2]  sorted set of places that are taken
-- ARGV[1]  before the name of a queue in the channel that wakes its idle workers
-- ARGV[2]  place of a job, and any more: '<job id> <fencing token>'
--
-- Returns {'released', how many}
-- Atomic. Repeating it is harmless: a place that is gone is nobody's.

local settings_key, held_key = KEYS[1], KEYS[2]
local wake_prefix = ARGV[1]

local released = redis.call('ZREM', held_key, unpack(ARGV, 2))
if released > 0 then
  for queue in string.gmatch(redis.call('HGET', settings_key, 'queues') or '', '%S+') do
    redis.call('PUBLISH', wake_prefix .. queue, 'ready')
  end
end
return {'released', string.format('%d', released)}
