-- Counts the jobs of a queue by state, and tells how long the next one has been waiting.
--
-- KEYS[1]  hash of job id to record
-- KEYS[2..8]  sorted sets: scheduled, waiting, active, succeeded, failed, dead, cancelled
--
-- Returns {'counted', scheduled, waiting, active, succeeded, failed, dead, cancelled, latency}
--         latency: ms since the first of the waiting jobs, or the earliest due one of the scheduled, could have run; '0' when there is none
-- Atomic; changes nothing. Costs O(1) in the queue's length.

local jobs_key = KEYS[1]
local scheduled_key, waiting_key = KEYS[2], KEYS[3]

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local answer = {'counted'}
for i = 2, #KEYS do
  answer[i] = string.format('%d', redis.call('ZCARD', KEYS[i]))
end

local latency_ms = 0
local first = redis.call('ZRANGE', waiting_key, 0, 0)[1]
if first then
  latency_ms = now_ms - cjson.decode(redis.call('HGET', jobs_key, first)).readyAt
end
local due = redis.call('ZRANGE', scheduled_key, 0, 0, 'WITHSCORES')[2]
if due then
  latency_ms = math.max(latency_ms, now_ms - tonumber(due))
end
answer[#answer + 1] = string.format('%.0f', math.max(0, latency_ms))
return answer
