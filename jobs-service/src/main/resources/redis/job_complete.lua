-- The holder's word that jobs are done: active becomes succeeded, and the owners will be told.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  how many past runs a record keeps    ARGV[2]  how many jobs that succeeded the queue keeps
-- ARGV[3]  how long, in ms, it keeps each of them at least, so that a late repeat of adding one is known
-- ARGV[4]  channel that wakes idle workers       ARGV[5]  'results' when there are any, else ''
-- then for each job two, or three with results:
--   id · fencing token · result, a JSON value as text, '' for none
--
-- Returns {'succeeded'} when that became of all, else for each job one of
--   'succeeded'   now, or before by the same token: repeating it changes nothing
--   'lost'        the lease ended, or the token is another's; nothing changed (J-4)
--   'unknown'     there is no such job
-- Atomic: the state, the result and the outbox entry are one step, so an end is never untold (J-8). Costs O(log n) each. The oldest beyond
-- what is kept are forgotten, no more than twice as many as were completed.

--@include job_life

local runs_max, keep_max = tonumber(ARGV[1]), tonumber(ARGV[2])
local keep_ms = tonumber(ARGV[3])
local wake_channel = ARGV[4]
local has_results = ARGV[5] == 'results'
local FIRST, STRIDE = 6, has_results and 3 or 2

local ids = {}
for at = FIRST, #ARGV, STRIDE do
  ids[#ids + 1] = ARGV[at]
end
local records = redis.call('HMGET', jobs_key, unpack(ids))
local leases = redis.call('HMGET', leases_key, unpack(ids))
local saved, left, ended, results, answers, settled = {}, {}, {}, {}, {}, {}
local now_text = text(now_ms)
local LOST, UNKNOWN, SUCCEEDED = 'lost', 'unknown', 'succeeded'
local awaited = redis.call('EXISTS', dependents_key) == 1

-- The end of the record of a job that never ran before, as it was added: spares taking it apart and writing it anew.
local FRESH = '^,"state":"%a+",("order":"%d+"),"spent":0,("crashes":0,"createdAt":%d+,"readyAt":%d+)}$'
local worker_texts = {}

local function done(record, token, started_at, worker)
  local tail_at = string.find(record, ',"state":"', 1, true)
  local order, times = string.match(record, FRESH, tail_at or #record)
  if order then
    worker_texts[worker] = worker_texts[worker] or cjson.encode(worker)
    return string.sub(record, 1, tail_at) .. '"state":"succeeded",' .. order .. ',"spent":1,' .. times
      .. ',"progress":100,"settled":' .. token .. ',"endedAt":' .. now_text .. ',"runs":[{"attempt":1,"worker":'
      .. worker_texts[worker] .. ',"startedAt":' .. started_at .. ',"endedAt":' .. now_text .. ',"outcome":"succeeded"}]}'
  end
  local job = cjson.decode(record)
  job.spent = job.spent + 1
  job.runs = job.runs or {}
  table.insert(job.runs, {
    attempt = job.spent, worker = worker, startedAt = tonumber(started_at), endedAt = now_ms, outcome = 'succeeded',
  })
  if #job.runs > runs_max then
    table.remove(job.runs, 1)
  end
  job.state, job.settled, job.endedAt, job.progress, job.error = 'succeeded', tonumber(token), now_ms, 100, nil
  return cjson.encode(job)
end

-- Owners of accounts, groups and jobs that are waited for are the only ones there is more to do for.
local function tell(id, record, token)
  if not awaited and not string.find(record, '"group"', 1, true) and not string.find(record, '"owner":"usr_', 1, true) then
    return
  end
  local job = cjson.decode(record)
  job.state, job.error = 'succeeded', nil
  if job.group then
    leave_group(job.group)
  end
  tell_end(id, job, token)
end

for n, id in ipairs(ids) do
  local at = FIRST + (n - 1) * STRIDE
  local token, record, lease = ARGV[at + 1], records[n], leases[n]
  local held, started_at, until_ms, worker
  if lease and not settled[id] then
    held, started_at, until_ms, worker = string.match(lease, '^(%d+) (%d+) (%d+) (.*)$')
  end
  if not record then
    answers[n] = UNKNOWN
  elseif held == token and tonumber(until_ms) > now_ms then
    settled[id] = token
    saved[#saved + 1] = id
    saved[#saved + 1] = done(record, token, started_at, worker)
    left[#left + 1] = id
    ended[#ended + 1] = now_text
    ended[#ended + 1] = id
    if has_results and ARGV[at + 2] ~= '' then
      results[#results + 1] = id
      results[#results + 1] = ARGV[at + 2]
    end
    tell(id, record, token)
    answers[n] = SUCCEEDED
  elseif settled[id] then
    answers[n] = settled[id] == token and SUCCEEDED or LOST
  elseif not lease then
    local job = cjson.decode(record)
    answers[n] = job.state == 'succeeded' and text(job.settled) == token and SUCCEEDED or LOST
  else
    answers[n] = LOST
  end
end

if #left > 0 then
  redis.call('HSET', jobs_key, unpack(saved))
  redis.call('HDEL', leases_key, unpack(left))
  redis.call('ZREM', active_key, unpack(left))
  redis.call('ZADD', ended_keys.succeeded, unpack(ended))
  if redis.call('EXISTS', checkpoints_key) == 1 then
    redis.call('HDEL', checkpoints_key, unpack(left))
  end
  if #results > 0 then
    redis.call('HSET', results_key, unpack(results))
  end
  local too_many = math.min(2 * #left, redis.call('ZCARD', ended_keys.succeeded) - keep_max)
  if too_many > 0 then
    local oldest = redis.call('ZRANGEBYSCORE', ended_keys.succeeded, '-inf', now_ms - keep_ms, 'LIMIT', 0, too_many)
    if #oldest > 0 then
      redis.call('ZREM', ended_keys.succeeded, unpack(oldest))
      forget(oldest)
    end
  end
  wake = wake or redis.call('HEXISTS', settings_key, 'concurrency') == 1
end
publish_wake(wake_channel)
return #left == #ids and {SUCCEEDED} or answers
