-- How a queue has been doing: how many jobs ended lately, and how long the latest that succeeded waited and ran.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  what is lately, in ms    ARGV[2]  how many of the latest to look at
--
-- Returns {'stats', since when it is paused in ms or '', succeeded, failed, dead, sample...}
--         each sample two: ms its last run had waited, ms it ran
-- Atomic; changes nothing. Costs O(log n + looked at).

--@include job_life

local since = now_ms - tonumber(ARGV[1])
local samples = tonumber(ARGV[2])

local answer = {'stats', redis.call('HGET', settings_key, 'paused') or ''}
for i, state in ipairs({'succeeded', 'failed', 'dead'}) do
  answer[2 + i] = text(redis.call('ZCOUNT', ended_keys[state], since, '+inf'))
end
local ids = redis.call('ZREVRANGE', ended_keys.succeeded, 0, samples - 1)
if #ids > 0 then
  for _, record in ipairs(redis.call('HMGET', jobs_key, unpack(ids))) do
    local job = record and cjson.decode(record)
    local last = job and job.runs and job.runs[#job.runs]
    if last then
      answer[#answer + 1] = text(math.max(0, last.startedAt - job.readyAt))
      answer[#answer + 1] = text(math.max(0, last.endedAt - last.startedAt))
    end
  end
end
return answer
