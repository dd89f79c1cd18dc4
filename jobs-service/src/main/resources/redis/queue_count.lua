-- Counts the jobs of a queue by state, and tells how long the next one has been waiting.
--
-- KEYS  all keys of the queue (JobKeys.all)
--
-- Returns {'counted', scheduled, waiting, active, succeeded, failed, dead, cancelled, latency}
--         latency: ms since the first of the waiting jobs, or the earliest due one of the scheduled, could have run; '0' when there is none.
--         Of grouped jobs the first of those groups count that have their turn next, and of those longest at a limit.
-- Atomic; changes nothing. Costs O(log n) in the queue's length.

--@include job_life

local GROUPS_SEEN = 10

local function count(key)
  return redis.call('ZCARD', key)
end
local answer = {'counted'}
for _, n in ipairs({
  count(scheduled_key), count(waiting_key) + count(grouped_key), count(active_key),
  count(ended_keys.succeeded), count(ended_keys.failed), count(ended_keys.dead), count(ended_keys.cancelled),
}) do
  answer[#answer + 1] = string.format('%d', n)
end

local latency_ms = 0
local function consider(id)
  local record = id and redis.call('HGET', jobs_key, id)
  if record then
    latency_ms = math.max(latency_ms, now_ms - cjson.decode(record).readyAt)
  end
end
consider(redis.call('ZRANGE', waiting_key, 0, 0)[1])
for _, places in ipairs({ring_key, parked_key}) do
  for _, group in ipairs(redis.call('ZRANGE', places, 0, GROUPS_SEEN - 1)) do
    local first = redis.call('ZRANGEBYLEX', grouped_key, '[' .. group .. ' ', '(' .. group .. '!', 'LIMIT', 0, 1)[1]
    consider(first and string.match(first, '[^ ]+$'))
  end
end
local due = redis.call('ZRANGE', scheduled_key, 0, 0, 'WITHSCORES')[2]
if due and due ~= 'inf' then
  latency_ms = math.max(latency_ms, now_ms - tonumber(due))
end
answer[#answer + 1] = text(latency_ms)
return answer
