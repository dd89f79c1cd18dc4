-- Any state -> deleted. The entry stays for a while as a mark, so that a repeat is recognised and the id is not used again.
--
-- KEYS  1 item    hash of the file's entry
--       2 owned   sorted set of the owner's files, members <created, 13 digits of ms>:<id>
-- ARGV  1 id   2 owner   3 remember_ms   how long the mark stays
--
-- Returns {'deleted'}  nobody gets the file from here on; it may have been so before
--         {'gone'}     there is no such file, or it is another's
--
-- Atomic. Repeating it is harmless, and does not make the mark stay longer. All keys share the owner's shard.

local item, owned = KEYS[1], KEYS[2]
local id, owner, remember_ms = ARGV[1], ARGV[2], ARGV[3]

local found = redis.call('HMGET', item, 'owner', 'state', 'createdAt')
local state = found[2]
if not state or found[1] ~= owner then
  return {'gone'}
end
if state == 'deleted' then
  return {'deleted'}
end

local clock = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
redis.call('ZREM', owned, found[3] .. ':' .. id)
redis.call('HDEL', item, 'variants', 'reason')
redis.call('HSET', item, 'state', 'deleted', 'updatedAt', now_ms)
redis.call('PEXPIRE', item, remember_ms)
return {'deleted'}
