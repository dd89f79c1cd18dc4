-- Forgets jobs that have ended, with all they carried, because their account is erased.
--
-- KEYS     all keys of the queue (JobKeys.all), and behind them the log of each job, in their order
-- ARGV     job ids
--
-- Returns for each job one of
--   'forgotten'   it is gone
--   'unknown'     it was gone
--   a state       it has not ended; nothing changed
-- Atomic. Repeating it is harmless. Costs O(log n) each.

--@include job_life

local answers = {}
for n, id in ipairs(ARGV) do
  local job = load(id)
  if not job then
    answers[n] = 'unknown'
  elseif not ended_keys[job.state] then
    answers[n] = job.state
  else
    redis.call('ZREM', ended_keys[job.state], id)
    forget({id})
    redis.call('DEL', KEYS[#KEYS - #ARGV + n])
    answers[n] = 'forgotten'
  end
end
return answers
