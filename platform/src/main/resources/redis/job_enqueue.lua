-- Adds a job to its queue unless a job of that id is known: waiting when it has no delay, scheduled when it has.
--
-- KEYS[1]  hash of job id to record        KEYS[2]  hash of job id to payload
-- KEYS[3]  sorted set: waiting             KEYS[4]  sorted set: scheduled
-- KEYS[5]  hash of counters
-- ARGV[1]  job id          ARGV[2]  type         ARGV[3]  owner        ARGV[4]  payload, a JSON object as text
-- ARGV[5]  delay in ms     ARGV[6]  attempts the handler has
-- ARGV[7]  priority, 0 first to 9 last
-- ARGV[8]  channel that wakes idle workers
-- ARGV[9]  traceparent of who adds it, '' when nothing is traced
--
-- Returns {'enqueued', state}  the job is new; state is 'waiting' or 'scheduled'
--         {'known', state}     the same job was added before; nothing changed
--         {'differs', state}   a job of another type, owner or payload has the id; nothing changed
-- Atomic. Repeating it adds nothing (J-1). Costs O(log n) in the queue's length.
-- A worker that found nothing is woken by the first job that ends the emptiness, or by a new earliest due time; while jobs are waiting
-- nobody idle needs to be told.

local jobs_key, payloads_key = KEYS[1], KEYS[2]
local waiting_key, scheduled_key = KEYS[3], KEYS[4]
local counters_key = KEYS[5]
local id, job_type, owner, payload = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local delay_ms = tonumber(ARGV[5])
local attempts_max = tonumber(ARGV[6])
local priority = tonumber(ARGV[7])
local wake_channel = ARGV[8]
local traceparent = ARGV[9]

-- Room for 2^43 arrivals within a priority; the whole stays exact in a double.
local PRIORITY_STEP = 8796093022208

local known = redis.call('HGET', jobs_key, id)
if known then
  local job = cjson.decode(known)
  local same = job.type == job_type and job.owner == owner and redis.call('HGET', payloads_key, id) == payload
  return {same and 'known' or 'differs', job.state}
end

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local order = priority * PRIORITY_STEP + redis.call('HINCRBY', counters_key, 'sequence', 1)
local run_at_ms = now_ms + delay_ms
local state = delay_ms > 0 and 'scheduled' or 'waiting'

redis.call('HSET', payloads_key, id, payload)
redis.call('HSET', jobs_key, id, cjson.encode({
  type = job_type,
  owner = owner,
  state = state,
  priority = priority,
  order = string.format('%.0f', order),
  spent = 0,
  maxAttempts = attempts_max,
  crashes = 0,
  createdAt = now_ms,
  readyAt = run_at_ms,
  traceparent = traceparent ~= '' and traceparent or nil,
}))

if state == 'waiting' then
  redis.call('ZADD', waiting_key, order, id)
  if redis.call('ZCARD', waiting_key) == 1 then
    redis.call('PUBLISH', wake_channel, 'ready')
  end
else
  redis.call('ZADD', scheduled_key, run_at_ms, id)
  if redis.call('ZRANGE', scheduled_key, 0, 0)[1] == id then
    redis.call('PUBLISH', wake_channel, 'ready')
  end
end
return {'enqueued', state}
