-- A holder that is told to stop gives an unfinished job back: it waits again, at its old place, with its checkpoint and all its attempts.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  job id                      ARGV[2]  fencing token
-- ARGV[3]  how many past runs a record keeps
-- ARGV[4]  channel that wakes idle workers
--
-- Returns {'waiting'}   now, or before by the same token
--         {'lost'}      the lease ended, or the token is another's; nothing changed (J-4)
--         {'unknown'}   there is no such job
-- Atomic. Spends neither an attempt nor the crash budget (J-5).

--@include job_life

local id = ARGV[1]
local token = tonumber(ARGV[2])
local runs_max = tonumber(ARGV[3])
local wake_channel = ARGV[4]

local job = load(id)
if not job then
  return {'unknown'}
end
if job.state == 'waiting' and job.settled == token then
  return {'waiting'}
end
if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
  return {'lost'}
end

close_run(id, job, job.spent + 1, 'handed_back', nil, runs_max)
job.settled = token
job.readyAt = now_ms
place_waiting(id, job)
save(id, job)
wake = true
publish_wake(wake_channel)
return {'waiting'}
