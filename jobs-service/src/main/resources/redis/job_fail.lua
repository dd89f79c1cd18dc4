-- The holder's word that the run failed. It spends an attempt; while there are attempts left the job is scheduled again after a rest of the
-- job's own kind, otherwise it is dead. A holder may also end the job at once.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  job id                      ARGV[2]  fencing token
-- ARGV[3]  verdict: 'retry', 'failed' (the answer is no) or 'dead' (for the dead letters)
-- ARGV[4]  what happened, for people
-- ARGV[5]  rest after the first failure in ms, doubled by each further one, for jobs that do not say   ARGV[6]  longest rest in ms
-- ARGV[7]  how much of the jitter to take off the rest, 0 to 1000
-- ARGV[8]  how many past runs a record keeps
-- ARGV[9]  channel that wakes idle workers
--
-- Returns {state, due}   the job's state now ('scheduled', 'failed' or 'dead'), due in ms or ''; repeated by the same token: the same again
--         {'lost'}       the lease ended, or the token is another's; nothing changed (J-4)
--         {'unknown'}    there is no such job
-- Atomic: the state and the outbox entry are one step (J-8). The checkpoint stays for the next run.

--@include job_life

local id = ARGV[1]
local token = tonumber(ARGV[2])
local verdict, detail = ARGV[3], ARGV[4]
local terms = {
  first_ms = tonumber(ARGV[5]), max_ms = tonumber(ARGV[6]), spread = tonumber(ARGV[7]), runs_max = tonumber(ARGV[8]),
}
local wake_channel = ARGV[9]

local job = load(id)
if not job then
  return {'unknown'}
end
local ended = job.state == 'failed' or job.state == 'dead'
if job.settled ~= token or not (job.state == 'scheduled' or ended) then
  if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
    return {'lost'}
  end
  fail_run(id, job, verdict, 'failed', detail, terms)
  publish_wake(wake_channel)
end
return {job.state, job.state == 'scheduled' and text(job.readyAt) or ''}
