-- Sends jobs that have not begun to another queue: the first half of a move. Each leaves its queue and goes into the outbox, whole, under
-- its new id; the relay brings it to the other queue (job_arrive.lua). What stays here is its end, which says where it went.
--
-- KEYS     all keys of the queue they leave (JobKeys.all)
-- ARGV     for each job two: id · its id in the other queue
--
-- Returns for each job one of
--   'departed'   it is on its way; repeated with the same new id: the same again
--   'unknown'    there is no such job
--   a state      it stays: it has begun or ended, waits for others, or others wait for it
-- Atomic: the job is in its queue or in the outbox, never in both or in neither (J-26). Costs O(log n) each.

--@include job_life

local function is_awaited(id)
  return redis.call('ZRANGEBYLEX', dependents_key, '[' .. id .. ' ', '(' .. id .. '!', 'LIMIT', 0, 1)[1] ~= nil
end

local function depart(id, new_id)
  local job = load(id)
  if not job then
    return 'unknown'
  end
  if job.error and job.error.reason == 'moved' then
    return job.error.detail == new_id and 'departed' or job.state
  end
  if (job.state ~= 'waiting' and job.state ~= 'scheduled') or job.waitsFor or is_awaited(id) then
    return job.state
  end
  local field = job.unique and job.owner .. ' ' .. job.unique.key
  if field and redis.call('HGET', unique_key, field) == id then
    redis.call('HDEL', unique_key, field)
  end
  redis.call('XADD', outbox_key, '*', 'kind', 'moved', 'id', new_id, 'record', redis.call('HGET', jobs_key, id),
    'payload', redis.call('HGET', payloads_key, id), 'checkpoint', redis.call('HGET', checkpoints_key, id) or '')
  tell_owner(id, job, 'moved', {event = 'job.moved', to = new_id})
  displace(id, job)
  job.state, job.endedAt = 'cancelled', now_ms
  job.error = {reason = 'moved', detail = new_id}
  save(id, job)
  redis.call('ZADD', ended_keys.cancelled, now_ms, id)
  redis.call('HDEL', checkpoints_key, id)
  return 'departed'
end

local answers = {}
for at = 1, #ARGV, 2 do
  answers[#answers + 1] = depart(ARGV[at], ARGV[at + 1])
end
return answers
