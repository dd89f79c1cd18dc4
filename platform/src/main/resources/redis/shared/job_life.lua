-- What the scripts of a job's life have in common; it stands in them where they include it.
--
-- KEYS  all keys of one queue, in the order of JobKeys.all(). They share the queue's hash tag.
-- Time is Redis's own, in ms, the same for the whole script.

local jobs_key, payloads_key, checkpoints_key, results_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local waiting_key, scheduled_key, active_key = KEYS[5], KEYS[6], KEYS[7]
local ended_keys = {succeeded = KEYS[8], failed = KEYS[9], dead = KEYS[10], cancelled = KEYS[11]}
local counters_key, outbox_key = KEYS[12], KEYS[13]
local grouped_key, ring_key, parked_key, rates_key = KEYS[14], KEYS[15], KEYS[16], KEYS[17]
local settings_key, unique_key, dependents_key, leases_key = KEYS[18], KEYS[19], KEYS[20], KEYS[21]

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

-- Whether somebody idle has a reason to look.
local wake = false

local function text(number)
  return string.format('%.0f', number)
end

-- A lease is written beside the record, so that neither handing out a job nor completing it has to take the record apart:
-- 'token startedAt leaseUntil worker'. While there is one the job is active, whatever its record says.
local function read_lease(lease)
  local token, started_at, until_ms, worker = string.match(lease, '^(%d+) (%d+) (%d+) (.*)$')
  return tonumber(token), tonumber(started_at), tonumber(until_ms), worker
end

local function with_lease(job, lease)
  if lease then
    job.state = 'active'
    job.token, job.startedAt, job.leaseUntil, job.worker = read_lease(lease)
  end
  return job
end

-- The job, or nil.
local function load(id)
  local record = redis.call('HGET', jobs_key, id)
  return record and with_lease(cjson.decode(record), redis.call('HGET', leases_key, id)) or nil
end

-- The record of a job that nobody holds.
local function save(id, job)
  redis.call('HSET', jobs_key, id, cjson.encode(job))
end

-- A job of a group waits in one set of all groups, ordered by group, then as it would be without: 'group order id', all scores 0.
local function grouped_member(id, job)
  return job.group .. ' ' .. string.format('%017.0f', tonumber(job.order)) .. ' ' .. id
end

-- A group with jobs waiting has a turn in the ring, or is parked until it may go on (score: when, +inf: when one of its jobs ends).
local function enter_ring(group)
  if redis.call('ZSCORE', ring_key, group) or redis.call('ZSCORE', parked_key, group) then
    return
  end
  redis.call('ZADD', ring_key, redis.call('HINCRBY', counters_key, 'turn', 1), group)
  wake = true
end

local function place_waiting(id, job)
  job.state = 'waiting'
  if job.group then
    redis.call('ZADD', grouped_key, 0, grouped_member(id, job))
    enter_ring(job.group)
  else
    redis.call('ZADD', waiting_key, job.order, id)
  end
end

local function place_scheduled(id, job, due_ms)
  job.state = 'scheduled'
  job.readyAt = due_ms
  redis.call('ZADD', scheduled_key, due_ms, id)
  if redis.call('ZRANGE', scheduled_key, 0, 0)[1] == id then
    wake = true
  end
end

-- Takes a job that is not held by anyone from where it stands.
local function displace(id, job)
  if job.state == 'scheduled' then
    redis.call('ZREM', scheduled_key, id)
  elseif job.group then
    redis.call('ZREM', grouped_key, grouped_member(id, job))
  else
    redis.call('ZREM', waiting_key, id)
  end
end

-- One job fewer of the group runs; if it was parked for that, it goes on.
local function leave_group(group)
  if redis.call('HINCRBY', counters_key, 'running:' .. group, -1) <= 0 then
    redis.call('HDEL', counters_key, 'running:' .. group)
  end
  if redis.call('ZSCORE', parked_key, group) == 'inf' then
    redis.call('ZREM', parked_key, group)
    enter_ring(group)
  end
end

-- Writes down the run that is over and frees what it held.
local function close_run(id, job, attempt, outcome, detail, runs_max)
  job.runs = job.runs or {}
  table.insert(job.runs, {
    attempt = attempt, worker = job.worker, startedAt = job.startedAt, endedAt = now_ms, outcome = outcome, detail = detail,
  })
  if #job.runs > runs_max then
    table.remove(job.runs, 1)
  end
  job.token, job.worker, job.startedAt, job.leaseUntil = nil, nil, nil, nil
  redis.call('HDEL', leases_key, id)
  redis.call('ZREM', active_key, id)
  if job.group then
    leave_group(job.group)
  end
  -- With a limit on the whole queue, whoever was refused waits for this.
  wake = wake or redis.call('HEXISTS', settings_key, 'concurrency') == 1
end

-- An account is told of its job, once for each message, unless it asked not to be.
local function tell_owner(id, job, message, data)
  if not job.quiet and string.sub(job.owner, 1, 4) == 'usr_' then
    data.jobId, data.type = id, job.type
    redis.call('XADD', outbox_key, '*', 'kind', 'event', 'channel', 'user:' .. job.owner .. ':events', 'id', id .. '.' .. message,
      'data', cjson.encode(data))
  end
end

-- What the end of a job means elsewhere: its owner is told, and whoever waits for it is released.
local function tell_end(id, job, message)
  tell_owner(id, job, message, {event = 'job.' .. job.state, reason = job.error and job.error.reason})
  if redis.call('ZRANGEBYLEX', dependents_key, '[' .. id .. ' ', '(' .. id .. '!', 'LIMIT', 0, 1)[1] then
    redis.call('XADD', outbox_key, '*', 'kind', 'ended', 'id', id, 'state', job.state)
  end
end

local function finish(id, job, state, message)
  job.state = state
  job.endedAt = now_ms
  job.waitsFor = nil
  save(id, job)
  redis.call('ZADD', ended_keys[state], now_ms, id)
  redis.call('HDEL', checkpoints_key, id)
  tell_end(id, job, message)
end

-- How long a job rests after a failure. spread: 0 to 1000, how much of the jitter is taken off.
local function rest_ms(job, first_ms, max_ms, spread)
  local backoff = job.backoff or {}
  local kind, failures = backoff.kind or 'exponential', job.spent
  local full
  if kind == 'list' then
    full = backoff.delaysMs[math.min(failures, #backoff.delaysMs)]
  elseif kind == 'fixed' then
    full = backoff.firstMs or first_ms
  else
    full = math.min(backoff.maxMs or max_ms, (backoff.firstMs or first_ms) * 2 ^ (failures - 1))
  end
  local jitter = backoff.jitterPerMille or 500
  return math.floor(full - full * jitter * spread / 1000000)
end

-- A run that failed, by its holder's word or by the time limit: another attempt after a rest, or the end.
local function fail_run(id, job, verdict, outcome, detail, terms)
  local token = job.token
  job.spent = job.spent + 1
  close_run(id, job, job.spent, outcome, detail, terms.runs_max)
  job.settled = token
  if verdict == 'retry' and job.spent < job.maxAttempts then
    job.error = {reason = outcome == 'timed_out' and 'timed_out' or 'attempt_failed', detail = detail}
    place_scheduled(id, job, now_ms + rest_ms(job, terms.first_ms, terms.max_ms, terms.spread))
    save(id, job)
    tell_owner(id, job, text(token), {event = 'job.scheduled', reason = job.error.reason, attempt = job.spent})
    return
  end
  local reasons = {retry = 'attempts_spent', failed = 'refused', dead = 'given_up'}
  job.error = {reason = reasons[verdict], detail = detail}
  finish(id, job, verdict == 'retry' and 'dead' or verdict, text(token))
end

-- Forgets ended jobs; their places in the sets are the caller's.
local function forget(ids)
  if #ids == 0 then
    return
  end
  if redis.call('EXISTS', unique_key) == 1 then
    for n, record in ipairs(redis.call('HMGET', jobs_key, unpack(ids))) do
      local unique = record and string.find(record, '"unique"', 1, true) and cjson.decode(record)
      local field = unique and unique.owner .. ' ' .. unique.unique.key
      if field and redis.call('HGET', unique_key, field) == ids[n] then
        redis.call('HDEL', unique_key, field)
      end
    end
  end
  redis.call('HDEL', jobs_key, unpack(ids))
  redis.call('HDEL', payloads_key, unpack(ids))
  redis.call('HDEL', results_key, unpack(ids))
end

local function publish_wake(channel)
  if wake then
    redis.call('PUBLISH', channel, 'ready')
  end
end
