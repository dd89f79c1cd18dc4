-- Pauses a queue, so that none of its jobs is handed out, or lets it go on. Jobs are added all the same, and those that run may finish.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  '1' to pause, '0' to go on    ARGV[2]  channel that wakes idle workers
--
-- Returns {'done'}   it is so now, or was before
-- Atomic. Repeating it is harmless.

--@include job_life

if ARGV[1] == '1' then
  redis.call('HSET', settings_key, 'paused', text(now_ms))
else
  wake = redis.call('HDEL', settings_key, 'paused') == 1
end
publish_wake(ARGV[2])
return {'done'}
