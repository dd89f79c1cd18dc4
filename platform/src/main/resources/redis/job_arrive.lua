-- Takes in a job that comes from another queue: the second half of a move. It keeps what it was, what it has spent and its due time, and
-- stands behind those of its priority that are here.
--
-- KEYS     all keys of the queue it comes to (JobKeys.all)
-- ARGV[1]  its id here    ARGV[2]  its record as it was there    ARGV[3]  payload    ARGV[4]  checkpoint, '' for none
-- ARGV[5]  how many jobs may wait in the queue, scheduled ones included
-- ARGV[6]  channel that wakes idle workers
--
-- Returns {'arrived'}       it is here, now or before
--         {'full', depth}   the queue is at its bound; nothing changed
-- Atomic. Repeating it adds nothing (J-26). The bound is never passed (J-12). A unique key another job here has is not taken from it: the
-- newcomer goes without. Costs O(log n).

--@include job_life

local id, payload, checkpoint = ARGV[1], ARGV[3], ARGV[4]
local depth_max, wake_channel = tonumber(ARGV[5]), ARGV[6]

-- As in job_enqueue.lua.
local PRIORITY_STEP = 8796093022208

if redis.call('HEXISTS', jobs_key, id) == 1 then
  return {'arrived'}
end
local was_empty = redis.call('ZCARD', waiting_key) == 0
local depth = redis.call('ZCARD', waiting_key) + redis.call('ZCARD', scheduled_key) + redis.call('ZCARD', grouped_key)
if depth >= depth_max then
  return {'full', text(depth)}
end

local job = cjson.decode(ARGV[2])
-- Tokens of the other queue mean nothing here.
job.settled = nil
job.order = text(job.priority * PRIORITY_STEP + redis.call('HINCRBY', counters_key, 'sequence', 1))
if job.unique and redis.call('HSETNX', unique_key, job.owner .. ' ' .. job.unique.key, id) == 0 then
  job.unique = nil
end
if job.readyAt > now_ms then
  place_scheduled(id, job, job.readyAt)
else
  place_waiting(id, job)
  wake = wake or was_empty
end
save(id, job)
redis.call('HSET', payloads_key, id, payload)
if checkpoint ~= '' then
  redis.call('HSET', checkpoints_key, id, checkpoint)
end
publish_wake(wake_channel)
return {'arrived'}
