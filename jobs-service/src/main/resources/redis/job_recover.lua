-- Takes back jobs whose lease has ended: their worker died, or was silent for too long, or the run took longer than the job's time limit.
-- The first wait again at their old place; one that has cost too many workers is dead, because it may be what kills them. The others have
-- failed, as if their worker had said so.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  how many jobs at most       ARGV[2]  crash budget: the lost worker that makes a job dead
-- ARGV[3]  how many past runs a record keeps
-- ARGV[4]  rest after the first failure in ms, for jobs that do not say      ARGV[5]  longest rest in ms
-- ARGV[6]  how much of the jitter to take off the rest, 0 to 1000
-- ARGV[7]  channel that wakes idle workers
--
-- Returns {'recovered', waiting, dead, timed_out}  how many went where; when their sum is ARGV[1] there may be more
-- Atomic, and so harmless on several replicas at once. A silent worker spends no attempt (J-5), one of the crash budget each (J-6).
-- Costs O(recovered log n): the ends of leases are the scores of the active set.

--@include job_life

local jobs_max = tonumber(ARGV[1])
local crash_budget = tonumber(ARGV[2])
local terms = {
  runs_max = tonumber(ARGV[3]), first_ms = tonumber(ARGV[4]), max_ms = tonumber(ARGV[5]), spread = tonumber(ARGV[6]),
}
local wake_channel = ARGV[7]
local waiting, dead, timed_out = 0, 0, 0

for _, id in ipairs(redis.call('ZRANGEBYSCORE', active_key, '-inf', now_ms, 'LIMIT', 0, jobs_max)) do
  local job = load(id)
  local token, worker = job.token, job.worker
  if job.timeLimitMs and job.leaseUntil >= job.startedAt + job.timeLimitMs then
    fail_run(id, job, 'retry', 'timed_out', string.format('it ran longer than %.0f ms', job.timeLimitMs), terms)
    timed_out = timed_out + 1
  else
    job.crashes = job.crashes + 1
    close_run(id, job, job.spent + 1, 'lease_expired', nil, terms.runs_max)
    if job.crashes < crash_budget then
      job.readyAt = now_ms
      place_waiting(id, job)
      save(id, job)
      wake = true
      waiting = waiting + 1
    else
      job.error = {
        reason = 'crashed_workers',
        detail = string.format('%d workers were lost while they ran it; the last was %s', job.crashes, worker),
      }
      finish(id, job, 'dead', text(token))
      dead = dead + 1
    end
  end
end

publish_wake(wake_channel)
return {'recovered', string.format('%d', waiting), string.format('%d', dead), string.format('%d', timed_out)}
