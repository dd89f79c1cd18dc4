-- The holder's word that the job is done: active becomes succeeded, and the owner will be told.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to checkpoint    KEYS[3]  hash of job id to result
-- KEYS[4]  sorted set: active          KEYS[5]  sorted set: succeeded           KEYS[6]  stream: outbox
-- ARGV[1]  job id                      ARGV[2]  fencing token
-- ARGV[3]  result, a JSON value as text; '' for none
-- ARGV[4]  how many past runs a record keeps
--
-- Returns {'succeeded'}   now, or before by the same token: repeating it changes nothing
--         {'lost'}        the lease ended, or the token is another's; nothing changed (J-4)
--         {'unknown'}     there is no such job
-- Atomic: the state, the result and the outbox entry are one step, so an end is never untold (J-8).

local jobs_key, checkpoints_key, results_key = KEYS[1], KEYS[2], KEYS[3]
local active_key, succeeded_key, outbox_key = KEYS[4], KEYS[5], KEYS[6]
local id = ARGV[1]
local token = tonumber(ARGV[2])
local result = ARGV[3]
local runs_max = tonumber(ARGV[4])

local record = redis.call('HGET', jobs_key, id)
if not record then
  return {'unknown'}
end
local job = cjson.decode(record)
if job.state == 'succeeded' and job.settled == token then
  return {'succeeded'}
end
local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
  return {'lost'}
end

job.spent = job.spent + 1
job.runs = job.runs or {}
table.insert(job.runs, {
  attempt = job.spent, worker = job.worker, startedAt = job.startedAt, endedAt = now_ms, outcome = 'succeeded',
})
if #job.runs > runs_max then
  table.remove(job.runs, 1)
end
job.state = 'succeeded'
job.settled = token
job.endedAt = now_ms
job.progress = 100
job.error, job.token, job.worker, job.startedAt, job.leaseUntil = nil, nil, nil, nil, nil
redis.call('HSET', jobs_key, id, cjson.encode(job))
redis.call('ZREM', active_key, id)
redis.call('ZADD', succeeded_key, now_ms, id)
redis.call('HDEL', checkpoints_key, id)
if result ~= '' then
  redis.call('HSET', results_key, id, result)
end
if string.sub(job.owner, 1, 4) == 'usr_' then
  redis.call('XADD', outbox_key, '*', 'kind', 'event', 'channel', 'user:' .. job.owner .. ':events',
    'id', id .. '.' .. ARGV[2], 'data', cjson.encode({event = 'job.succeeded', jobId = id, type = job.type}))
end
return {'succeeded'}
