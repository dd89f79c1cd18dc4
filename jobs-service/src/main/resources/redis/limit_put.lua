-- Sets a limit that several queues share, all of it at once, or takes it away. What runs already is not ended.
--
-- KEYS[1]  hash: concurrency, rate, ratePeriodMs, queues (names with spaces between), fullAt    KEYS[2]  sorted set of places that are taken
-- ARGV[1]  before the name of a queue in the channel that wakes its idle workers
-- ARGV[2]  queues with spaces between, '' to take the limit away
-- ARGV[3]  how many jobs at once, '' for any number    ARGV[4], ARGV[5]  how many begin in how many ms, '' for any number
--
-- Returns {queues}   those it had before, with spaces between
-- Atomic. Repeating it is harmless.

local settings_key, held_key = KEYS[1], KEYS[2]
local wake_prefix, queues = ARGV[1], ARGV[2]

local before = redis.call('HGET', settings_key, 'queues') or ''
if queues == '' then
  redis.call('DEL', settings_key, held_key)
else
  redis.call('HSET', settings_key, 'queues', queues)
  for at, field in ipairs({'concurrency', 'rate', 'ratePeriodMs'}) do
    if ARGV[2 + at] == '' then
      redis.call('HDEL', settings_key, field)
    else
      redis.call('HSET', settings_key, field, ARGV[2 + at])
    end
  end
end
for queue in string.gmatch(queues .. ' ' .. before, '%S+') do
  redis.call('PUBLISH', wake_prefix .. queue, 'ready')
end
return {before}
