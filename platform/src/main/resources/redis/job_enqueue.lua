-- Adds jobs to their queue, each unless a job of its id is known: waiting when it has no delay, scheduled when it has one or waits for
-- other jobs.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  channel that wakes idle workers
-- ARGV[2]  how many jobs may wait in the queue, scheduled ones included
-- ARGV[3]  percent of Redis's memory limit from which on nothing is added
-- ARGV[4]  priority of all of them, 0 first to 9 last, when none is delayed or special; else ''
-- then for each job three, its id being no other's of the call:
--   id · record, a JSON object as text without the members that are set here and without its closing brace · payload, a JSON object as text
-- and with ARGV[4] '' three more:
--   delay in ms · priority · 'special' when the record has group, unique or dependsOn, else ''
--
-- Returns Redis's time in ms, which is when the new ones were added, and 'waiting' when that became of all, else for each job one of
--   'waiting', 'scheduled'    it is new
--   {'known', state}          the same job was added before; nothing changed
--   {'differs', state}        a job of another type, owner or payload has the id; nothing changed
--   {'duplicate', id, state}  a job with its unique key is there and stands for it; nothing changed
--   {'replaced', id, state}   a job with its unique key had not begun, and has this one's content now
--   {'full', depth}           the queue is at its bound; nothing changed
--   {'pressed', percent}      Redis's memory is nearly used up; nothing changed
-- Atomic. Repeating it adds nothing (J-1). Costs O(log n) each in the queue's length. The bound is never passed (J-12).
-- A worker that found nothing is woken by the first job that ends the emptiness, or by a new earliest due time; while jobs are waiting
-- nobody idle needs to be told.

--@include job_life

local wake_channel = ARGV[1]
local depth_max, memory_max_percent = tonumber(ARGV[2]), tonumber(ARGV[3])
local priority_of_all = tonumber(ARGV[4])
local FIRST, STRIDE = 5, priority_of_all and 3 or 6

-- Room for 2^43 arrivals within a priority; the whole stays exact in a double.
local PRIORITY_STEP = 8796093022208

-- Asked of the server that holds this queue, at most once a second; 0 when it has no limit or does not say.
local function memory_percent()
  local seen = redis.call('HMGET', counters_key, 'memoryAt', 'memoryPercent')
  if seen[1] and now_ms - tonumber(seen[1]) < 1000 and now_ms >= tonumber(seen[1]) then
    return tonumber(seen[2])
  end
  local percent = 0
  local info = redis.pcall('INFO', 'memory')
  if type(info) == 'string' then
    local used = tonumber(string.match(info, 'used_memory:(%d+)'))
    local limit = tonumber(string.match(info, 'maxmemory:(%d+)'))
    percent = used and limit and limit > 0 and math.floor(used * 100 / limit) or 0
  end
  if percent < memory_max_percent then
    redis.call('HSET', counters_key, 'memoryAt', text(now_ms), 'memoryPercent', percent)
  end
  return percent
end

local ids = {}
for at = FIRST, #ARGV, STRIDE do
  ids[#ids + 1] = ARGV[at]
end
local known = redis.call('HMGET', jobs_key, unpack(ids))
local waiting_before = redis.call('ZCARD', waiting_key)
local was_empty = waiting_before == 0
local depth = waiting_before + redis.call('ZCARD', scheduled_key) + redis.call('ZCARD', grouped_key)
local percent = memory_percent()
local sequence = redis.call('HINCRBY', counters_key, 'sequence', #ids) - #ids
local records, payloads, waiting = {}, {}, {}
local now_text = text(now_ms)
local answers = {now_text}

local function compared(record, new, id, payload)
  local job, other = with_lease(cjson.decode(record), redis.call('HGET', leases_key, id)), cjson.decode(new .. '}')
  local same = job.type == other.type and job.owner == other.owner and redis.call('HGET', payloads_key, id) == payload
  return {same and 'known' or 'differs', job.state}
end

-- The job that stands for a new one with the same unique key, if there is one, and what became of the two.
local function merged(new, payload, delay_ms)
  local unique = new.unique
  local id = redis.call('HGET', unique_key, new.owner .. ' ' .. unique.key)
  local job = id and load(id)
  if not job then
    return nil
  end
  if unique.mode == 'throttle' then
    local holds
    if unique.forMs then
      holds = now_ms < job.createdAt + unique.forMs
    else
      holds = not ended_keys[job.state]
    end
    return holds and {'duplicate', id, job.state} or nil
  end
  if (job.state ~= 'waiting' and job.state ~= 'scheduled') or job.spent > 0 or job.waitsFor then
    return nil
  end
  displace(id, job)
  local state, due_ms = job.state, job.readyAt
  local kept = {order = job.order, spent = job.spent, crashes = job.crashes, createdAt = job.createdAt, runs = job.runs}
  job = new
  for name, value in pairs(kept) do
    job[name] = value
  end
  if unique.mode == 'debounce' then
    state, due_ms = delay_ms > 0 and 'scheduled' or 'waiting', now_ms + delay_ms
  end
  if state == 'scheduled' then
    place_scheduled(id, job, due_ms)
  else
    job.readyAt = due_ms
    place_waiting(id, job)
  end
  save(id, job)
  redis.call('HSET', payloads_key, id, payload)
  return {'replaced', id, job.state}
end

-- Adds a job with a group, a unique key or dependencies.
local function add_special(id, new, payload, delay_ms, order)
  local result = new.unique and merged(new, payload, delay_ms)
  if result then
    return result, 0
  end
  new.order, new.spent, new.crashes = order, 0, 0
  new.createdAt, new.readyAt = now_ms, now_ms + delay_ms
  if new.dependsOn then
    -- It is due when what it waits for has ended, and not before the delay is over.
    new.state, new.waitsFor = 'scheduled', new.dependsOn
    redis.call('ZADD', scheduled_key, '+inf', id)
    for _, parent in ipairs(new.dependsOn) do
      redis.call('XADD', outbox_key, '*', 'kind', 'depend', 'id', id, 'on', parent)
    end
  elseif delay_ms > 0 then
    place_scheduled(id, new, now_ms + delay_ms)
  else
    place_waiting(id, new)
  end
  if new.unique then
    redis.call('HSET', unique_key, new.owner .. ' ' .. new.unique.key, id)
  end
  save(id, new)
  redis.call('HSET', payloads_key, id, payload)
  return new.state, 1
end

-- The end of a record, the order's closing quote first; job_complete.lua knows its form.
local function added_end(state, ready_text)
  return '","state":"' .. state .. '","spent":0,"crashes":0,"createdAt":' .. now_text .. ',"readyAt":' .. ready_text .. '}'
end
local added_now = added_end('waiting', now_text)

for n = 1, #ids do
  local at = FIRST + (n - 1) * STRIDE
  local id, new, payload = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local answer
  if known[n] then
    answer = compared(known[n], new, id, payload)
  elseif depth >= depth_max then
    answer = {'full', text(depth)}
  elseif percent >= memory_max_percent then
    answer = {'pressed', text(percent)}
  else
    local delay_ms, priority, special = 0, priority_of_all, false
    if not priority then
      delay_ms, priority, special = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4]), ARGV[at + 5] == 'special'
    end
    local order = text(priority * PRIORITY_STEP + sequence + n)
    if special then
      local added
      answer, added = add_special(id, cjson.decode(new .. '}'), payload, delay_ms, order)
      depth = depth + added
    else
      local state = delay_ms > 0 and 'scheduled' or 'waiting'
      records[#records + 1] = id
      records[#records + 1] = new .. ',"order":"' .. order .. (delay_ms > 0 and added_end(state, text(now_ms + delay_ms)) or added_now)
      payloads[#payloads + 1] = id
      payloads[#payloads + 1] = payload
      if state == 'waiting' then
        waiting[#waiting + 1] = order
        waiting[#waiting + 1] = id
      else
        place_scheduled(id, {}, now_ms + delay_ms)
      end
      depth = depth + 1
      answer = state
    end
  end
  answers[n + 1] = answer
end

if #records > 0 then
  redis.call('HSET', jobs_key, unpack(records))
  redis.call('HSET', payloads_key, unpack(payloads))
end
if #waiting > 0 then
  redis.call('ZADD', waiting_key, unpack(waiting))
end
wake = wake or (was_empty and redis.call('ZCARD', waiting_key) > 0)
publish_wake(wake_channel)
if #waiting == 2 * #ids then
  return {now_text, 'waiting'}
end
return answers
