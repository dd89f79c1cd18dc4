-- Tells a job that one of those it waits for has ended. After the last of them it becomes waiting, or scheduled if its delay is not over;
-- when one did not succeed, its own word decides: 'run' all the same, or end as 'cancelled' or 'dead'.
--
-- KEYS     all keys of the queue of the job that waits (JobKeys.all)
-- ARGV[1]  its id    ARGV[2]  id of the job that has ended    ARGV[3]  how it ended, or 'unknown'
-- ARGV[4]  channel that wakes idle workers
--
-- Returns {'released', state}  it no longer waits for that job, now or before; its state now
--         {'unknown'}          there is no such job (any more)
-- Atomic. Repeating it changes nothing (J-11).

--@include job_life

local id, parent, ended_as = ARGV[1], ARGV[2], ARGV[3]
local wake_channel = ARGV[4]

local job = load(id)
if not job then
  return {'unknown'}
end
local left, waited = {}, false
for _, other in ipairs(job.waitsFor or {}) do
  if other == parent then
    waited = true
  else
    left[#left + 1] = other
  end
end
if not waited or job.state ~= 'scheduled' then
  return {'released', job.state}
end

local policy = job.onDependencyFailure or 'cancelled'
if ended_as ~= 'succeeded' and policy ~= 'run' then
  redis.call('ZREM', scheduled_key, id)
  job.error = {reason = 'dependency_failed', detail = parent .. ' ended as ' .. ended_as}
  finish(id, job, policy, 'dependency')
elseif #left > 0 then
  job.waitsFor = left
  save(id, job)
else
  job.waitsFor = nil
  redis.call('ZREM', scheduled_key, id)
  if job.readyAt > now_ms then
    place_scheduled(id, job, job.readyAt)
  else
    job.readyAt = now_ms
    place_waiting(id, job)
    wake = true
  end
  save(id, job)
end
publish_wake(wake_channel)
return {'released', job.state}
