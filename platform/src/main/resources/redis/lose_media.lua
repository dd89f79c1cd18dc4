-- ready -> quarantined, for a file whose object is no longer in the store, with the event that tells its owner.
--
-- KEYS  1 item     hash of the file's entry
--       2 outbox   stream of what changes in this shard entail elsewhere
-- ARGV  1 owner   2 reason   3 channel   where the owner is told   4 message id   5 data (JSON)
--
-- Returns {'lost', entry_id}  it is quarantined now, and the event stands in the outbox under that id
--         {'kept'}            it is not ready, or another's; nothing was changed
--
-- Atomic: a loss is told once. All keys share the owner's shard.

local item, outbox = KEYS[1], KEYS[2]
local owner, reason, channel, message_id, data = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

local found = redis.call('HMGET', item, 'owner', 'state')
if found[1] ~= owner or found[2] ~= 'ready' then
  return {'kept'}
end

local clock = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
redis.call('HDEL', item, 'variants')
redis.call('HSET', item, 'state', 'quarantined', 'reason', reason, 'updatedAt', now_ms)
local entry_id = redis.call('XADD', outbox, '*', 'kind', 'event', 'channel', channel, 'id', message_id, 'data', data)
return {'lost', entry_id}
