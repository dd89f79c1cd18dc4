-- Forgets jobs that ended long ago, and the oldest beyond a number, of one kind of end.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to payload    KEYS[3]  hash of job id to result
-- KEYS[4]  sorted set of the ended jobs, by the time of their end in ms
-- ARGV[1]  age in ms beyond which they are forgotten    ARGV[2]  how many to keep at most
-- ARGV[3]  how many to forget in this call at most
--
-- Returns {'pruned', n}   n were forgotten; when it is ARGV[3] there may be more
-- Atomic. Repeating it is harmless. Costs O(n log m). Only ended jobs are in the set, so nothing that still has to run is lost.

local jobs_key, payloads_key, results_key, ended_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local age_max_ms = tonumber(ARGV[1])
local keep_max = tonumber(ARGV[2])
local batch_max = tonumber(ARGV[3])

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local too_many = math.min(batch_max, redis.call('ZCARD', ended_key) - keep_max)
local old = redis.call('ZRANGEBYSCORE', ended_key, '-inf', now_ms - age_max_ms, 'LIMIT', 0, batch_max)
if too_many > #old then
  old = redis.call('ZRANGE', ended_key, 0, too_many - 1)
end
for _, id in ipairs(old) do
  redis.call('HDEL', jobs_key, id)
  redis.call('HDEL', payloads_key, id)
  redis.call('HDEL', results_key, id)
  redis.call('ZREM', ended_key, id)
end
return {'pruned', string.format('%d', #old)}
