-- A holder that is told to stop gives an unfinished job back: it waits again, at its old place, with its checkpoint and all its attempts.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  sorted set: active    KEYS[3]  sorted set: waiting
-- ARGV[1]  job id                      ARGV[2]  fencing token
-- ARGV[3]  how many past runs a record keeps
-- ARGV[4]  channel that wakes idle workers
--
-- Returns {'waiting'}   now, or before by the same token
--         {'lost'}      the lease ended, or the token is another's; nothing changed (J-4)
--         {'unknown'}   there is no such job
-- Atomic. Spends neither an attempt nor the crash budget (J-5).

local jobs_key, active_key, waiting_key = KEYS[1], KEYS[2], KEYS[3]
local id = ARGV[1]
local token = tonumber(ARGV[2])
local runs_max = tonumber(ARGV[3])
local wake_channel = ARGV[4]

local record = redis.call('HGET', jobs_key, id)
if not record then
  return {'unknown'}
end
local job = cjson.decode(record)
if job.state == 'waiting' and job.settled == token then
  return {'waiting'}
end
local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
  return {'lost'}
end

job.runs = job.runs or {}
table.insert(job.runs, {
  attempt = job.spent + 1, worker = job.worker, startedAt = job.startedAt, endedAt = now_ms, outcome = 'handed_back',
})
if #job.runs > runs_max then
  table.remove(job.runs, 1)
end
job.state = 'waiting'
job.settled = token
job.readyAt = now_ms
job.token, job.worker, job.startedAt, job.leaseUntil = nil, nil, nil, nil
redis.call('HSET', jobs_key, id, cjson.encode(job))
redis.call('ZREM', active_key, id)
redis.call('ZADD', waiting_key, job.order, id)
redis.call('PUBLISH', wake_channel, 'ready')
return {'waiting'}
