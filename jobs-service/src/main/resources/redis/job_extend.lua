-- A holder's sign of life: moves the end of its leases, and optionally says how far a job is and leaves a checkpoint.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  length of the lease from now in ms; '' leaves its end as it is
-- ARGV[2]  progress in percent; '' leaves it
-- ARGV[3]  checkpoint, a JSON value as text; '' leaves it
-- ARGV[4]  how long, in ms, an account is told nothing more of the progress of a job after it was told some
-- then for each job two:
--   id · fencing token
--
-- Returns for each job one of
--   {'held', lease end in ms}
--   {'lost'}      the lease ended, or the token is another's; nothing changed (J-4)
--   {'unknown'}   there is no such job
-- Atomic: the progress and the outbox entry that tells it are one step. The end of a lease is judged by Redis's own time, whether or not recovery has been there yet. A lease is never shortened, and
-- never lasts longer than the job's time limit from the beginning of its run.

--@include job_life

local lease_ms = tonumber(ARGV[1])
local progress = tonumber(ARGV[2])
local checkpoint = ARGV[3]
local told_every_ms = tonumber(ARGV[4])
local FIRST, STRIDE = 5, 2

local function extend(id, token)
  local job = load(id)
  if not job then
    return {'unknown'}
  end
  if job.state ~= 'active' or job.token ~= token or job.leaseUntil <= now_ms then
    return {'lost'}
  end
  if lease_ms then
    local until_ms = now_ms + lease_ms
    if job.timeLimitMs then
      until_ms = math.min(until_ms, job.startedAt + job.timeLimitMs)
    end
    if until_ms > job.leaseUntil then
      job.leaseUntil = until_ms
      redis.call('ZADD', active_key, until_ms, id)
      redis.call('HSET', leases_key, id, text(token) .. ' ' .. text(job.startedAt) .. ' ' .. text(until_ms) .. ' ' .. job.worker)
    end
  end
  if progress then
    local record = cjson.decode(redis.call('HGET', jobs_key, id))
    record.progress = progress
    if now_ms - (record.toldAt or 0) >= told_every_ms then
      record.toldAt = now_ms
      tell_owner(id, record, text(token) .. '.' .. text(progress),
        {event = 'job.progress', progress = progress, attempt = record.spent + 1})
    end
    save(id, record)
  end
  if checkpoint ~= '' then
    redis.call('HSET', checkpoints_key, id, checkpoint)
  end
  return {'held', text(job.leaseUntil)}
end

local answers = {}
for at = FIRST, #ARGV, STRIDE do
  answers[#answers + 1] = extend(ARGV[at], tonumber(ARGV[at + 1]))
end
return answers
