-- Reads one job as it is at one moment.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to payload
-- KEYS[3]  hash of job id to result    KEYS[4]  hash of job id to checkpoint    KEYS[5]  hash of job id to lease
-- ARGV[1]  job id
--
-- Returns {'found', record, payload, result or '', checkpoint or '', lease or ''}: with a lease it is active, whatever the record says
--         {'unknown'}
-- Atomic; changes nothing.

local jobs_key, payloads_key, results_key, checkpoints_key, leases_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id = ARGV[1]

local record = redis.call('HGET', jobs_key, id)
if not record then
  return {'unknown'}
end
return {
  'found',
  record,
  redis.call('HGET', payloads_key, id) or '{}',
  redis.call('HGET', results_key, id) or '',
  redis.call('HGET', checkpoints_key, id) or '',
  redis.call('HGET', leases_key, id) or '',
}
