-- Ends a job that has not ended: it leaves the waiting, scheduled or active ones. Who holds it loses the lease by it, so that a late word
-- of theirs is refused, and is told by the wake channel.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to checkpoint    KEYS[3]  sorted set: waiting
-- KEYS[4]  sorted set: scheduled       KEYS[5]  sorted set: active              KEYS[6]  sorted set: cancelled
-- KEYS[7]  stream: outbox
-- ARGV[1]  job id
-- ARGV[2]  how many past runs a record keeps
-- ARGV[3]  channel that wakes workers
--
-- Returns {'cancelled'}      now or before
--         {'ended', state}   it ended otherwise before; nothing changed
--         {'unknown'}        there is no such job
-- Atomic: the state and the outbox entry are one step (J-8). Repeating it is harmless.

local jobs_key, checkpoints_key = KEYS[1], KEYS[2]
local places = {waiting = KEYS[3], scheduled = KEYS[4], active = KEYS[5]}
local cancelled_key, outbox_key = KEYS[6], KEYS[7]
local id = ARGV[1]
local runs_max = tonumber(ARGV[2])
local wake_channel = ARGV[3]

local record = redis.call('HGET', jobs_key, id)
if not record then
  return {'unknown'}
end
local job = cjson.decode(record)
if job.state == 'cancelled' then
  return {'cancelled'}
end
if not places[job.state] then
  return {'ended', job.state}
end

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
redis.call('ZREM', places[job.state], id)
if job.state == 'active' then
  job.runs = job.runs or {}
  table.insert(job.runs, {
    attempt = job.spent + 1, worker = job.worker, startedAt = job.startedAt, endedAt = now_ms, outcome = 'cancelled',
  })
  if #job.runs > runs_max then
    table.remove(job.runs, 1)
  end
  redis.call('PUBLISH', wake_channel, 'cancelled ' .. id)
end
job.state = 'cancelled'
job.endedAt = now_ms
job.token, job.worker, job.startedAt, job.leaseUntil = nil, nil, nil, nil
redis.call('HSET', jobs_key, id, cjson.encode(job))
redis.call('ZADD', cancelled_key, now_ms, id)
redis.call('HDEL', checkpoints_key, id)
if string.sub(job.owner, 1, 4) == 'usr_' then
  redis.call('XADD', outbox_key, '*', 'kind', 'event', 'channel', 'user:' .. job.owner .. ':events',
    'id', id .. '.cancelled', 'data', cjson.encode({event = 'job.cancelled', jobId = id, type = job.type}))
end
return {'cancelled'}
