-- pending -> verified, with the job that looks into the bytes: state and outbox change together or not at all.
--
-- KEYS  1 item     hash of the file's entry
--       2 outbox   stream of what changes in this shard entail elsewhere
--       3 pending  sorted set of the shard's uploads by their time end, members <owner>:<id>
--       4 parts    hash of the parts that were announced
-- ARGV  1 owner   2 id   3 job id   4 job type   5 job owner   6 job payload (JSON object)
--
-- Returns {'verified', entry_id}  it is verified now, and the job stands in the outbox under that id
--         {'already', state}      it is past pending; nothing was changed
--         {'gone'}                there is no such file, it is deleted, or another's
--
-- Atomic: of any number of callers one gets 'verified', so there is one entry (M-3). All keys share the owner's shard.

local item, outbox, pending, parts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local owner, id, job_id, job_type, job_owner, payload = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

local found = redis.call('HMGET', item, 'owner', 'state')
local state = found[2]
if not state or found[1] ~= owner or state == 'deleted' then
  return {'gone'}
end
if state ~= 'pending' then
  return {'already', state}
end

local clock = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))

redis.call('HSET', item, 'state', 'verified', 'updatedAt', now_ms)
redis.call('HDEL', item, 'uploadId')
redis.call('ZREM', pending, owner .. ':' .. id)
redis.call('DEL', parts)
local entry_id = redis.call('XADD', outbox, '*',
  'kind', 'job', 'id', job_id, 'type', job_type, 'owner', job_owner, 'payload', payload)
return {'verified', entry_id}
