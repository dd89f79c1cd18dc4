-- Hands waiting jobs to a worker, each under a lease with a fencing token of its own. What is due of the scheduled ones joins the waiting
-- ones first, so no process is needed to promote them.
--
-- KEYS[1]  hash of job id to record        KEYS[2]  hash of job id to payload      KEYS[3]  hash of job id to checkpoint
-- KEYS[4]  sorted set: waiting             KEYS[5]  sorted set: scheduled          KEYS[6]  sorted set: active
-- KEYS[7]  hash of counters
-- ARGV[1]  how many jobs at most           ARGV[2]  length of the lease in ms      ARGV[3]  name of the worker
-- ARGV[4]  how many scheduled jobs to promote at most
-- ARGV[5]  channel that wakes idle workers
--
-- Returns {'leased', next_due, job...}  next_due: ms until the next scheduled job is due, '' if there is none;
--         each job: {id, type, owner, payload, attempt, fencing token, lease end in ms, checkpoint or '', length of its wait in ms,
--         traceparent or ''}
-- Atomic: a job goes to one caller (J-2). Tokens of a queue only grow (J-3). Time is Redis's own.
-- Costs O((leased + promoted) log n).

local jobs_key, payloads_key, checkpoints_key = KEYS[1], KEYS[2], KEYS[3]
local waiting_key, scheduled_key, active_key = KEYS[4], KEYS[5], KEYS[6]
local counters_key = KEYS[7]
local jobs_max = tonumber(ARGV[1])
local lease_ms = tonumber(ARGV[2])
local worker = ARGV[3]
local promote_max = tonumber(ARGV[4])
local wake_channel = ARGV[5]

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local lease_until_ms = now_ms + lease_ms

local function text(number)
  return string.format('%.0f', number)
end

local due = redis.call('ZRANGEBYSCORE', scheduled_key, '-inf', now_ms, 'LIMIT', 0, promote_max)
for _, id in ipairs(due) do
  local job = cjson.decode(redis.call('HGET', jobs_key, id))
  job.state = 'waiting'
  redis.call('HSET', jobs_key, id, cjson.encode(job))
  redis.call('ZREM', scheduled_key, id)
  redis.call('ZADD', waiting_key, job.order, id)
end

local answer = {'leased', ''}
local popped = redis.call('ZPOPMIN', waiting_key, jobs_max)
for i = 1, #popped, 2 do
  local id = popped[i]
  local job = cjson.decode(redis.call('HGET', jobs_key, id))
  local token = redis.call('HINCRBY', counters_key, 'token', 1)
  job.state = 'active'
  job.token = token
  job.worker = worker
  job.startedAt = now_ms
  job.leaseUntil = lease_until_ms
  job.settled = nil
  redis.call('HSET', jobs_key, id, cjson.encode(job))
  redis.call('ZADD', active_key, lease_until_ms, id)
  answer[#answer + 1] = {
    id,
    job.type,
    job.owner,
    redis.call('HGET', payloads_key, id),
    text(job.spent + 1),
    text(token),
    text(lease_until_ms),
    redis.call('HGET', checkpoints_key, id) or '',
    text(now_ms - job.readyAt),
    job.traceparent or '',
  }
end

-- What was promoted here and is left over ended an emptiness that others may be asleep on.
if #due > 0 and redis.call('ZCARD', waiting_key) > 0 then
  redis.call('PUBLISH', wake_channel, 'ready')
end

local next_due = redis.call('ZRANGE', scheduled_key, 0, 0, 'WITHSCORES')
if next_due[2] then
  answer[2] = text(math.max(0, tonumber(next_due[2]) - now_ms))
end
return answer
