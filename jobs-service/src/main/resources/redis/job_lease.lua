-- Hands waiting jobs to a worker, each under a lease with a fencing token of its own. What is due of the scheduled ones joins the waiting
-- ones first, so no process is needed to promote them. Groups take turns, one job each; those without a group are one more in the round.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  how many jobs at most           ARGV[2]  length of the lease in ms      ARGV[3]  name of the worker
-- ARGV[4]  how many scheduled jobs to promote, and how many groups at their limit to pass over, at most
-- ARGV[5]  channel that wakes idle workers
-- ARGV[6]  how many places the caller has under the limit the queue shares with others (limit_reserve.lua), '' when it has asked for none
--
-- Settings of the queue: paused (any value) · shared: the name of a limit of several queues · concurrency, groupConcurrency: jobs that run at once, of the queue and of each group
--   · rate, ratePeriodMs, groupRate, groupRatePeriodMs: jobs begun per period, at once or spread, as they come
--
-- Returns {'leased', next_due, now}  next_due: ms until there may be more, '' if nobody knows; now: Redis's time in ms
--         {'leased', next_due, now, first, end, more, job...}  the jobs have the fencing tokens from first on, and leases until end, in ms;
--           each job three: id, record as it was before, payload
--           more: of those that have a checkpoint or a lease of their own each three: the how manieth it is, from 0; its lease's end; its checkpoint or ''
--         {'shared', limit, ready}  the queue shares that limit, and so many jobs could run, ARGV[1] at most; nothing changed
-- Atomic: a job goes to one caller (J-2). Tokens of a queue only grow (J-3). No limit is passed, and no group waits longer than a round of
-- all others (J-13). Time is Redis's own. A lease ends at the job's time limit at the latest. Costs O((leased + promoted) log n).

--@include job_life

local jobs_max = tonumber(ARGV[1])
local lease_ms = tonumber(ARGV[2])
local worker = ARGV[3]
local promote_max = tonumber(ARGV[4])
local wake_channel = ARGV[5]

local QUEUE = '*'
local settings = redis.call('HMGET', settings_key, 'paused', 'concurrency', 'rate', 'ratePeriodMs',
  'groupConcurrency', 'groupRate', 'groupRatePeriodMs', 'shared')
if settings[1] then
  return {'leased', '', text(now_ms)}
end
if settings[8] and ARGV[6] == '' then
  local ready = redis.call('ZCARD', waiting_key) + redis.call('ZCARD', grouped_key)
    + redis.call('ZCOUNT', scheduled_key, '-inf', now_ms)
  if ready > 0 then
    return {'shared', settings[8], text(math.min(jobs_max, ready))}
  end
elseif ARGV[6] ~= '' then
  jobs_max = math.min(jobs_max, tonumber(ARGV[6]))
end
local concurrency, group_concurrency = tonumber(settings[2]), tonumber(settings[5])
local rate, period_ms = tonumber(settings[3]), tonumber(settings[4])
local group_rate, group_period_ms = tonumber(settings[6]), tonumber(settings[7])

-- When one more may begin, in ms: a bucket of so many that fills anew over the period. Kept as the time at which it is full again.
local function may_begin_at(name, count, period)
  local full_at = math.max(now_ms, tonumber(redis.call('ZSCORE', rates_key, name) or now_ms))
  return full_at + period / count - period
end
local function begin(name, count, period)
  local full_at = math.max(now_ms, tonumber(redis.call('ZSCORE', rates_key, name) or now_ms))
  redis.call('ZADD', rates_key, string.format('%.3f', full_at + period / count), name)
end
if rate or group_rate then
  redis.call('ZREMRANGEBYSCORE', rates_key, '-inf', now_ms)
end

local due = redis.call('ZRANGEBYSCORE', scheduled_key, '-inf', now_ms, 'LIMIT', 0, promote_max)
if #due > 0 then
  for i, record in ipairs(redis.call('HMGET', jobs_key, unpack(due))) do
    local job = cjson.decode(record)
    place_waiting(due[i], job)
    save(due[i], job)
  end
  redis.call('ZREM', scheduled_key, unpack(due))
end
for _, group in ipairs(redis.call('ZRANGEBYSCORE', parked_key, '-inf', now_ms, 'LIMIT', 0, promote_max)) do
  redis.call('ZREM', parked_key, group)
  enter_ring(group)
end

local next_due_ms = nil
local function due_again(at_ms)
  next_due_ms = math.min(next_due_ms or at_ms, math.ceil(at_ms))
end

if concurrency then
  jobs_max = math.min(jobs_max, concurrency - redis.call('ZCARD', active_key))
end
local rate_ends = false
if rate then
  local room = math.floor((now_ms - may_begin_at(QUEUE, rate, period_ms)) / (period_ms / rate)) + 1
  if room < jobs_max then
    jobs_max = math.max(0, room)
    rate_ends = true
  end
end

-- The next job of a group in its turn, or nil: it has none, or is at a limit, and has left the ring.
local function next_of(group)
  local running = group_concurrency and tonumber(redis.call('HGET', counters_key, 'running:' .. group) or 0)
  if running and running >= group_concurrency then
    redis.call('ZREM', ring_key, group)
    redis.call('ZADD', parked_key, '+inf', group)
    return nil
  end
  local begin_at = group_rate and may_begin_at(group, group_rate, group_period_ms)
  if begin_at and begin_at > now_ms then
    redis.call('ZREM', ring_key, group)
    redis.call('ZADD', parked_key, math.ceil(begin_at), group)
    return nil
  end
  local member = redis.call('ZRANGEBYLEX', grouped_key, '[' .. group .. ' ', '(' .. group .. '!', 'LIMIT', 0, 1)[1]
  if not member then
    redis.call('ZREM', ring_key, group)
    return nil
  end
  redis.call('ZREM', grouped_key, member)
  redis.call('HINCRBY', counters_key, 'running:' .. group, 1)
  redis.call('ZADD', ring_key, redis.call('HINCRBY', counters_key, 'turn', 1), group)
  if group_rate then
    begin(group, group_rate, group_period_ms)
  end
  return string.match(member, '[^ ]+$')
end

local function pop_ungrouped(ids, count)
  -- Read and removed instead of popped: nobody needs the scores, which are dear to write out.
  local first = redis.call('ZRANGE', waiting_key, 0, count - 1)
  if #first > 0 then
    redis.call('ZREMRANGEBYRANK', waiting_key, 0, #first - 1)
  end
  for i = 1, #first do
    ids[#ids + 1] = first[i]
  end
end

local ids = {}
if jobs_max > 0 and redis.call('EXISTS', ring_key) == 0 then
  pop_ungrouped(ids, jobs_max)
elseif jobs_max > 0 then
  local own_turn = tonumber(redis.call('HGET', counters_key, 'ungroupedTurn') or 0)
  local ungrouped = redis.call('ZCARD', waiting_key)
  local passed = 0
  while #ids < jobs_max and passed < promote_max do
    local first = redis.call('ZRANGE', ring_key, 0, 0, 'WITHSCORES')
    if not first[1] then
      pop_ungrouped(ids, jobs_max - #ids)
      break
    end
    if ungrouped > 0 and own_turn <= tonumber(first[2]) then
      pop_ungrouped(ids, 1)
      ungrouped = ungrouped - 1
      own_turn = redis.call('HINCRBY', counters_key, 'turn', 1)
    else
      local id = next_of(first[1])
      if id then
        ids[#ids + 1] = id
      else
        passed = passed + 1
      end
    end
  end
  redis.call('HSET', counters_key, 'ungroupedTurn', own_turn)
  if passed == promote_max then
    due_again(now_ms)
  end
end

local answer = {'leased', '', text(now_ms)}
if #ids > 0 then
  local records = redis.call('HMGET', jobs_key, unpack(ids))
  local payloads = redis.call('HMGET', payloads_key, unpack(ids))
  local checkpoints = redis.call('EXISTS', checkpoints_key) == 1 and redis.call('HMGET', checkpoints_key, unpack(ids)) or {}
  local token = redis.call('HINCRBY', counters_key, 'token', #ids) - #ids
  if token == 0 then
    -- The first lease, perhaps since the queue's name was free: tokens begin at the time, which is above all that were given before.
    token = now_ms
    redis.call('HINCRBY', counters_key, 'token', text(now_ms))
  end
  local leases, active, more = {}, {}, {}
  local now_text, until_text = text(now_ms), text(now_ms + lease_ms)
  local usual = ' ' .. now_text .. ' ' .. until_text .. ' ' .. worker
  answer[4], answer[5], answer[6] = text(token + 1), until_text, more
  for i, id in ipairs(ids) do
    local ends, terms = until_text, usual
    if string.find(records[i], '"timeLimitMs"', 1, true) then
      ends = text(now_ms + math.min(lease_ms, cjson.decode(records[i]).timeLimitMs))
      terms = ' ' .. now_text .. ' ' .. ends .. ' ' .. worker
    end
    leases[2 * i - 1] = id
    leases[2 * i] = text(token + i) .. terms
    active[2 * i - 1] = ends
    active[2 * i] = id
    local at = 6 + 3 * (i - 1)
    answer[at + 1], answer[at + 2], answer[at + 3] = id, records[i], payloads[i]
    if checkpoints[i] or ends ~= until_text then
      more[#more + 1] = text(i - 1)
      more[#more + 1] = ends
      more[#more + 1] = checkpoints[i] or ''
    end
  end
  redis.call('HSET', leases_key, unpack(leases))
  redis.call('ZADD', active_key, unpack(active))
  if rate then
    for _ = 1, #ids do
      begin(QUEUE, rate, period_ms)
    end
  end
end

-- What was promoted here and is left over ended an emptiness that others may be asleep on.
wake = #due > 0 and redis.call('ZCARD', waiting_key) + redis.call('EXISTS', ring_key) > 0
publish_wake(wake_channel)

if rate_ends then
  due_again(may_begin_at(QUEUE, rate, period_ms))
end
local next_scheduled = redis.call('ZRANGE', scheduled_key, 0, 0, 'WITHSCORES')[2]
if next_scheduled and next_scheduled ~= 'inf' then
  due_again(tonumber(next_scheduled))
end
local next_parked = redis.call('ZRANGE', parked_key, 0, 0, 'WITHSCORES')[2]
if next_parked and next_parked ~= 'inf' then
  due_again(tonumber(next_parked))
end
if next_due_ms then
  answer[2] = text(math.max(0, next_due_ms - now_ms))
end
return answer
