-- Lets jobs that failed, are dead or were cancelled run once more, as if they were new: with all their attempts and the whole crash budget.
-- What they had waited for they do not wait for again.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  channel that wakes idle workers
-- ARGV[2]  job id, and any more of the same queue
--
-- Returns for each job one of
--   'retried'   it waits now
--   'unknown'   there is no such job
--   a state     it stays there: it has not ended, has succeeded, or was moved to another queue and goes on there
-- Atomic. A repeat finds it waiting or further, and changes nothing. Costs O(log n) each.

--@include job_life

local RETRIED = {failed = true, dead = true, cancelled = true}

local answers = {}
for at = 2, #ARGV do
  local id = ARGV[at]
  local job = load(id)
  if not job then
    answers[#answers + 1] = 'unknown'
  elseif not RETRIED[job.state] or (job.error and job.error.reason == 'moved') then
    answers[#answers + 1] = job.state
  else
    redis.call('ZREM', ended_keys[job.state], id)
    job.spent, job.crashes = 0, 0
    job.readyAt = now_ms
    job.endedAt, job.error, job.settled, job.progress = nil, nil, nil, nil
    place_waiting(id, job)
    save(id, job)
    wake = true
    answers[#answers + 1] = 'retried'
  end
end
publish_wake(ARGV[1])
return answers
