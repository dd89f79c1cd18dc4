-- Notes at a job that another one waits for its end.
--
-- KEYS     all keys of the queue of the job that is waited for (JobKeys.all)
-- ARGV[1]  its id    ARGV[2]  id of the job that waits, of this or another queue
--
-- Returns {'linked'}        it has not ended; its end will be told by the outbox
--         {'ended', state}  it has ended; nothing changed
--         {'unknown'}       there is no such job (any more); nothing changed
-- Atomic: either the end sees the note, or the note sees the end, so that no end is missed (J-11). Repeating it is harmless. O(log n).

--@include job_life

local id, child = ARGV[1], ARGV[2]

local job = load(id)
if not job then
  return {'unknown'}
end
if ended_keys[job.state] then
  return {'ended', job.state}
end
redis.call('ZADD', dependents_key, 0, id .. ' ' .. child)
return {'linked'}
