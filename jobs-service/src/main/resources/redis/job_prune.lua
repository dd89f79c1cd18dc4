-- Forgets jobs that ended long ago, and the oldest beyond a number, of one kind of end.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  the kind of end: 'succeeded', 'failed', 'dead' or 'cancelled'
-- ARGV[2]  age in ms beyond which they are forgotten    ARGV[3]  how many to keep at most
-- ARGV[4]  how many to forget in this call at most
--
-- Returns {'pruned', n}   n were forgotten; when it is ARGV[4] there may be more
-- Atomic. Repeating it is harmless. Costs O(n log m). Only ended jobs are in the set, so nothing that still has to run is lost.

--@include job_life

local ended_key = ended_keys[ARGV[1]]
local age_max_ms, keep_max, batch_max = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])

local too_many = math.min(batch_max, redis.call('ZCARD', ended_key) - keep_max)
local old = redis.call('ZRANGEBYSCORE', ended_key, '-inf', now_ms - age_max_ms, 'LIMIT', 0, batch_max)
if too_many > #old then
  old = redis.call('ZRANGE', ended_key, 0, too_many - 1)
end
if #old > 0 then
  forget(old)
  redis.call('ZREM', ended_key, unpack(old))
end
return {'pruned', string.format('%d', #old)}
