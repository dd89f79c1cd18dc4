-- The holder's word that jobs are done: active becomes succeeded, and the owners will be told.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  how many past runs a record keeps    ARGV[2]  how many jobs that succeeded the queue keeps
-- ARGV[3]  channel that wakes idle workers
-- then for each job three:
--   id · fencing token · result, a JSON value as text, '' for none
--
-- Returns for each job one of
--   {'succeeded'}   now, or before by the same token: repeating it changes nothing
--   {'lost'}        the lease ended, or the token is another's; nothing changed (J-4)
--   {'unknown'}     there is no such job
-- Atomic: the state, the result and the outbox entry are one step, so an end is never untold (J-8). Costs O(log n) each. The oldest beyond
-- what is kept are forgotten, no more than twice as many as were completed.

--@include job_life

local runs_max, keep_max = tonumber(ARGV[1]), tonumber(ARGV[2])
local wake_channel = ARGV[3]
local FIRST, STRIDE = 4, 3

local ids = {}
for at = FIRST, #ARGV, STRIDE do
  ids[#ids + 1] = ARGV[at]
end
local records = redis.call('HMGET', jobs_key, unpack(ids))
local answers, saved, left, ended, results, settled = {}, {}, {}, {}, {}, {}

for n, id in ipairs(ids) do
  local at = FIRST + (n - 1) * STRIDE
  local token = tonumber(ARGV[at + 1])
  local job = settled[id] or (records[n] and cjson.decode(records[n]))
  if not job then
    answers[n] = {'unknown'}
  elseif job.state == 'succeeded' and job.settled == token then
    answers[n] = {'succeeded'}
  elseif job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
    answers[n] = {'lost'}
  else
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
    settled[id] = job
    saved[#saved + 1] = id
    saved[#saved + 1] = cjson.encode(job)
    left[#left + 1] = id
    ended[#ended + 1] = now_ms
    ended[#ended + 1] = id
    if ARGV[at + 2] ~= '' then
      results[#results + 1] = id
      results[#results + 1] = ARGV[at + 2]
    end
    if job.group then
      leave_group(job.group)
    end
    tell_end(id, job, ARGV[at + 1])
    answers[n] = {'succeeded'}
  end
end

if #left > 0 then
  redis.call('HSET', jobs_key, unpack(saved))
  redis.call('ZREM', active_key, unpack(left))
  redis.call('ZADD', ended_keys.succeeded, unpack(ended))
  redis.call('HDEL', checkpoints_key, unpack(left))
  if #results > 0 then
    redis.call('HSET', results_key, unpack(results))
  end
  local too_many = math.min(2 * #left, redis.call('ZCARD', ended_keys.succeeded) - keep_max)
  if too_many > 0 then
    local oldest, popped = {}, redis.call('ZPOPMIN', ended_keys.succeeded, too_many)
    for i = 1, #popped, 2 do
      oldest[#oldest + 1] = popped[i]
    end
    forget(oldest)
  end
  wake = wake or redis.call('HEXISTS', settings_key, 'concurrency') == 1
end
publish_wake(wake_channel)
return answers
