-- Ends a job that has not ended: it leaves the waiting, scheduled or active ones. Who holds it loses the lease by it, so that a late word
-- of theirs is refused, and is told by the wake channel.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  job id
-- ARGV[2]  how many past runs a record keeps
-- ARGV[3]  channel that wakes workers
--
-- Returns {'cancelled'}      now
--         {'ended', state}   it had ended before, as cancelled too; nothing changed
--         {'unknown'}        there is no such job
-- Atomic: the state and the outbox entry are one step (J-8). Repeating it is harmless.

--@include job_life

local id = ARGV[1]
local runs_max = tonumber(ARGV[2])
local wake_channel = ARGV[3]

local job = load(id)
if not job then
  return {'unknown'}
end
if ended_keys[job.state] then
  return {'ended', job.state}
end

if job.state == 'active' then
  close_run(id, job, job.spent + 1, 'cancelled', nil, runs_max)
  redis.call('PUBLISH', wake_channel, 'cancelled ' .. id)
else
  displace(id, job)
end
finish(id, job, 'cancelled', 'cancelled')
publish_wake(wake_channel)
return {'cancelled'}
