-- processing -> ready or quarantined, with the event that tells the owner: state and outbox change together or not at all.
--
-- KEYS  1 item     hash of the file's entry
--       2 outbox   stream of what changes in this shard entail elsewhere
-- ARGV  1 token      the fencing token the caller began with
--       2 state      'ready' or 'quarantined'
--       3 field      'variants' or 'reason'
--       4 value      of that field
--       5 channel    where the owner is told   6 message id   7 data (JSON)
--
-- Returns {'done', entry_id}  it is settled now, and the event stands in the outbox under that id
--         {'settled', state}  it was settled before; nothing was changed
--         {'stale'}           the caller's token is not the one that is processing; nothing was changed
--         {'gone'}            it is deleted, or there is none
--
-- Atomic: a file is settled once, and so is announced once (M-5). All keys share the owner's shard.

local item, outbox = KEYS[1], KEYS[2]
local token, settled_as, field, value = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local channel, message_id, data = ARGV[5], ARGV[6], ARGV[7]

local found = redis.call('HMGET', item, 'state', 'token')
local state = found[1]
if not state or state == 'deleted' then
  return {'gone'}
end
if state == 'ready' or state == 'quarantined' then
  return {'settled', state}
end
if state ~= 'processing' or found[2] ~= token then
  return {'stale'}
end

local clock = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
redis.call('HSET', item, 'state', settled_as, field, value, 'updatedAt', now_ms)
local entry_id = redis.call('XADD', outbox, '*', 'kind', 'event', 'channel', channel, 'id', message_id, 'data', data)
return {'done', entry_id}
