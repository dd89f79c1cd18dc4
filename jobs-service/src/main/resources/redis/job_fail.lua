-- The holder's word that the run failed. It spends an attempt; while there are attempts left the job is scheduled again after a growing,
-- jittered delay, otherwise it is dead. A holder may also end the job at once.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to checkpoint    KEYS[3]  sorted set: active
-- KEYS[4]  sorted set: scheduled       KEYS[5]  sorted set: failed              KEYS[6]  sorted set: dead
-- KEYS[7]  stream: outbox
-- ARGV[1]  job id                      ARGV[2]  fencing token
-- ARGV[3]  verdict: 'retry', 'failed' (the answer is no) or 'dead' (for the dead letters)
-- ARGV[4]  what happened, for people
-- ARGV[5]  delay after the first failure in ms, doubled by each further one       ARGV[6]  longest delay in ms
-- ARGV[7]  jitter: this delay as a share of the full one, 500 to 1000 per mille
-- ARGV[8]  how many past runs a record keeps
-- ARGV[9]  channel that wakes idle workers
--
-- Returns {state, due}   the job's state now ('scheduled', 'failed' or 'dead'), due in ms or ''; repeated by the same token: the same again
--         {'lost'}       the lease ended, or the token is another's; nothing changed (J-4)
--         {'unknown'}    there is no such job
-- Atomic: the state and the outbox entry are one step (J-8). The checkpoint stays for the next run.

local jobs_key, checkpoints_key, active_key = KEYS[1], KEYS[2], KEYS[3]
local scheduled_key, outbox_key = KEYS[4], KEYS[7]
local ended_keys = {failed = KEYS[5], dead = KEYS[6]}
local id = ARGV[1]
local token = tonumber(ARGV[2])
local verdict, detail = ARGV[3], ARGV[4]
local delay_first_ms, delay_max_ms = tonumber(ARGV[5]), tonumber(ARGV[6])
local jitter_per_mille = tonumber(ARGV[7])
local runs_max = tonumber(ARGV[8])
local wake_channel = ARGV[9]

local record = redis.call('HGET', jobs_key, id)
if not record then
  return {'unknown'}
end
local job = cjson.decode(record)
if job.settled == token and (job.state == 'scheduled' or ended_keys[job.state]) then
  return {job.state, job.state == 'scheduled' and string.format('%.0f', job.readyAt) or ''}
end
local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
  return {'lost'}
end

job.spent = job.spent + 1
job.runs = job.runs or {}
table.insert(job.runs, {
  attempt = job.spent, worker = job.worker, startedAt = job.startedAt, endedAt = now_ms, outcome = 'failed', detail = detail,
})
if #job.runs > runs_max then
  table.remove(job.runs, 1)
end
job.settled = token
job.token, job.worker, job.startedAt, job.leaseUntil = nil, nil, nil, nil
redis.call('ZREM', active_key, id)

if verdict == 'retry' and job.spent < job.maxAttempts then
  local full_ms = math.min(delay_max_ms, delay_first_ms * 2 ^ (job.spent - 1))
  job.state = 'scheduled'
  job.readyAt = now_ms + math.floor(full_ms * jitter_per_mille / 1000)
  job.error = {reason = 'attempt_failed', detail = detail}
  redis.call('HSET', jobs_key, id, cjson.encode(job))
  redis.call('ZADD', scheduled_key, job.readyAt, id)
  if redis.call('ZRANGE', scheduled_key, 0, 0)[1] == id then
    redis.call('PUBLISH', wake_channel, 'ready')
  end
  return {'scheduled', string.format('%.0f', job.readyAt)}
end

local reasons = {retry = 'attempts_spent', failed = 'refused', dead = 'given_up'}
job.state = verdict == 'retry' and 'dead' or verdict
job.endedAt = now_ms
job.error = {reason = reasons[verdict], detail = detail}
redis.call('HSET', jobs_key, id, cjson.encode(job))
redis.call('ZADD', ended_keys[job.state], now_ms, id)
redis.call('HDEL', checkpoints_key, id)
if string.sub(job.owner, 1, 4) == 'usr_' then
  redis.call('XADD', outbox_key, '*', 'kind', 'event', 'channel', 'user:' .. job.owner .. ':events',
    'id', id .. '.' .. ARGV[2], 'data',
    cjson.encode({event = 'job.' .. job.state, jobId = id, type = job.type, reason = job.error.reason}))
end
return {job.state, ''}
