-- Adds lines to the log of a job, as its holder.
--
-- KEYS     all keys of the queue (JobKeys.all), and behind them a list: the job's log, oldest first
-- ARGV[1]  job id    ARGV[2]  fencing token
-- ARGV[3]  how many lines are kept     ARGV[4]  how long after the last one, in ms
-- ARGV[5]  line, and any more
--
-- Returns {'held'}
--         {'lost'}      the lease ended, or the token is another's; nothing changed (J-4)
--         {'unknown'}   there is no such job
-- Atomic. A repeat adds the lines again. The oldest lines beyond the bound are dropped.

--@include job_life

local log_key = KEYS[#KEYS]
local id = ARGV[1]
local token = tonumber(ARGV[2])
local lines_max, keep_ms = tonumber(ARGV[3]), ARGV[4]
local FIRST_LINE = 5

local job = load(id)
if not job then
  return {'unknown'}
end
if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
  return {'lost'}
end
for at = FIRST_LINE, #ARGV do
  redis.call('RPUSH', log_key, text(now_ms) .. ' ' .. ARGV[at])
end
redis.call('LTRIM', log_key, -lines_max, -1)
redis.call('PEXPIRE', log_key, keep_ms)
return {'held'}
