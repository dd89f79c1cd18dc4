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
--   'differs'     before by the same token, with another result, which stays
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
local said, saved, left, ended, results, answers, settled = {}, {}, {}, {}, {}, {}, {}
local now_text = text(now_ms)
local LOST, UNKNOWN, SUCCEEDED, DIFFERS = 'lost', 'unknown', 'succeeded', 'differs'
local awaited = redis.call('EXISTS', dependents_key) == 1

--@include job_done

-- Accounts that want to be told, groups and jobs that are waited for are the only ones there is more to do for. Most have an owner only,
-- who is named where the record begins: what tell_owner would say, without taking it apart.
local OWNED = '^{"type":"([%l%d.-]+)","owner":"(usr_[%l%d]+)",'
local function tell(id, record, token)
  local is_told = string.find(record, '"owner":"usr_', 1, true) and not string.find(record, '"quiet":true', 1, true)
  if not awaited and not string.find(record, '"group"', 1, true) then
    if not is_told then
      return
    end
    local kind, owner = string.match(record, OWNED)
    if kind then
      redis.call('XADD', outbox_key, '*', 'kind', 'event', 'channel', 'user:' .. owner .. ':events', 'id', id .. '.' .. token,
        'data', '{"event":"job.succeeded","jobId":"' .. id .. '","type":"' .. kind .. '"}')
      return
    end
  end
  local job = cjson.decode(record)
  job.state, job.error = 'succeeded', nil
  if job.group then
    leave_group(job.group)
  end
  tell_end(id, job, token)
end

-- Whether a job that has succeeded has the result it is said to have.
local function repeated(id, given)
  return (redis.call('HGET', results_key, id) or '') == given and SUCCEEDED or DIFFERS
end

for n, id in ipairs(ids) do
  local at = FIRST + (n - 1) * STRIDE
  local token, record, lease = ARGV[at + 1], records[n], leases[n]
  local result = has_results and ARGV[at + 2] or ''
  local terms = lease and not settled[id] and terms_of(lease, token)
  if not record then
    answers[n] = UNKNOWN
  elseif terms and terms.is_live then
    settled[id] = token
    saved[#saved + 1] = id
    saved[#saved + 1] = done(record, token, terms)
    left[#left + 1] = id
    ended[#ended + 1] = now_text
    ended[#ended + 1] = id
    if result ~= '' then
      results[#results + 1] = id
      results[#results + 1] = result
      said[id] = result
    end
    tell(id, record, token)
    answers[n] = SUCCEEDED
  elseif settled[id] then
    answers[n] = settled[id] ~= token and LOST or (said[id] or '') == result and SUCCEEDED or DIFFERS
  elseif not lease then
    local job = cjson.decode(record)
    answers[n] = job.state == 'succeeded' and text(job.settled) == token and repeated(id, result) or LOST
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
