-- Takes back jobs whose lease has ended: their worker died, or was silent for too long. They wait again at their old place; one that has
-- cost too many workers is dead, because it may be what kills them.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to checkpoint    KEYS[3]  sorted set: active
-- KEYS[4]  sorted set: waiting         KEYS[5]  sorted set: dead                KEYS[6]  stream: outbox
-- ARGV[1]  how many jobs at most       ARGV[2]  crash budget: the lost worker that makes a job dead
-- ARGV[3]  how many past runs a record keeps
-- ARGV[4]  channel that wakes idle workers
--
-- Returns {'recovered', waiting, dead}  how many went where; when their sum is ARGV[1] there may be more
-- Atomic, and so harmless on several replicas at once. Spends no attempt (J-5), one of the crash budget each (J-6).
-- Costs O(recovered log n): the ends of leases are the scores of the active set.

local jobs_key, checkpoints_key, active_key = KEYS[1], KEYS[2], KEYS[3]
local waiting_key, dead_key, outbox_key = KEYS[4], KEYS[5], KEYS[6]
local jobs_max = tonumber(ARGV[1])
local crash_budget = tonumber(ARGV[2])
local runs_max = tonumber(ARGV[3])
local wake_channel = ARGV[4]

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local waiting, dead = 0, 0

for _, id in ipairs(redis.call('ZRANGEBYSCORE', active_key, '-inf', now_ms, 'LIMIT', 0, jobs_max)) do
  local job = cjson.decode(redis.call('HGET', jobs_key, id))
  local token, worker = job.token, job.worker
  job.crashes = job.crashes + 1
  job.runs = job.runs or {}
  table.insert(job.runs, {
    attempt = job.spent + 1, worker = worker, startedAt = job.startedAt, endedAt = now_ms, outcome = 'lease_expired',
  })
  if #job.runs > runs_max then
    table.remove(job.runs, 1)
  end
  job.token, job.worker, job.startedAt, job.leaseUntil = nil, nil, nil, nil
  redis.call('ZREM', active_key, id)
  if job.crashes < crash_budget then
    job.state = 'waiting'
    job.readyAt = now_ms
    redis.call('HSET', jobs_key, id, cjson.encode(job))
    redis.call('ZADD', waiting_key, job.order, id)
    waiting = waiting + 1
  else
    job.state = 'dead'
    job.endedAt = now_ms
    job.error = {
      reason = 'crashed_workers',
      detail = string.format('%d workers were lost while they ran it; the last was %s', job.crashes, worker),
    }
    redis.call('HSET', jobs_key, id, cjson.encode(job))
    redis.call('ZADD', dead_key, now_ms, id)
    redis.call('HDEL', checkpoints_key, id)
    if string.sub(job.owner, 1, 4) == 'usr_' then
      redis.call('XADD', outbox_key, '*', 'kind', 'event', 'channel', 'user:' .. job.owner .. ':events',
        'id', id .. '.' .. string.format('%.0f', token), 'data',
        cjson.encode({event = 'job.dead', jobId = id, type = job.type, reason = 'crashed_workers'}))
    end
    dead = dead + 1
  end
end

if waiting > 0 then
  redis.call('PUBLISH', wake_channel, 'ready')
end
return {'recovered', string.format('%d', waiting), string.format('%d', dead)}
