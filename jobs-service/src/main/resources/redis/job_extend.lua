-- A holder's sign of life: moves the end of its lease, and optionally says how far the job is and leaves a checkpoint.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to checkpoint    KEYS[3]  sorted set: active
-- ARGV[1]  job id                      ARGV[2]  fencing token
-- ARGV[3]  length of the lease from now in ms; '' leaves its end as it is
-- ARGV[4]  progress in percent; '' leaves it
-- ARGV[5]  checkpoint, a JSON value as text; '' leaves it
--
-- Returns {'held', lease end in ms}
--         {'lost'}      the lease ended, or the token is another's; nothing changed (J-4)
--         {'unknown'}   there is no such job
-- Atomic. The end of a lease is judged by Redis's own time, whether or not recovery has been there yet. A lease is never shortened.

local jobs_key, checkpoints_key, active_key = KEYS[1], KEYS[2], KEYS[3]
local id = ARGV[1]
local token = tonumber(ARGV[2])
local lease_ms = tonumber(ARGV[3])
local progress = tonumber(ARGV[4])
local checkpoint = ARGV[5]

local record = redis.call('HGET', jobs_key, id)
if not record then
  return {'unknown'}
end
local job = cjson.decode(record)
local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
  return {'lost'}
end

if lease_ms and now_ms + lease_ms > job.leaseUntil then
  job.leaseUntil = now_ms + lease_ms
  redis.call('ZADD', active_key, job.leaseUntil, id)
end
if progress then
  job.progress = progress
end
if checkpoint ~= '' then
  redis.call('HSET', checkpoints_key, id, checkpoint)
end
redis.call('HSET', jobs_key, id, cjson.encode(job))
return {'held', string.format('%.0f', job.leaseUntil)}
