-- Forgets jobs that have ended, whenever they did.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV     ids of jobs
--
-- Returns {'forgotten', n}  so many are gone now; one that has not ended stays
-- Atomic. Repeating it is harmless. What waits for a forgotten job was told of its end by the outbox.

--@include job_life

local gone = {}
for _, id in ipairs(ARGV) do
  local job = load(id)
  if job and ended_keys[job.state] then
    redis.call('ZREM', ended_keys[job.state], id)
    gone[#gone + 1] = id
  end
end
forget(gone)
return {'forgotten', string.format('%d', #gone)}
