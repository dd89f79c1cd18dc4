-- Notes a link a file is shared by, or recognises it as a repeat.
--
-- KEYS  1 item     hash of the file's entry
--       2 shares   hash of the links the file is shared by: share id -> JSON with the member expiresAt (ms)
-- ARGV  1 owner   2 share_id   3 record (JSON)   4 shares_max
--
-- Returns {'shared', record}  it is noted, now or before: the record that counts
--         {'full'}            the file has as many links as it may have
--         {'gone'}            there is no such file, it is deleted, or another's
--
-- Atomic. Links that have expired make room. All keys share the owner's shard.

local item, shares = KEYS[1], KEYS[2]
local owner, share_id, record, shares_max = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local found = redis.call('HMGET', item, 'owner', 'state')
if found[1] ~= owner or found[2] == 'deleted' then
  return {'gone'}
end
local known = redis.call('HGET', shares, share_id)
if known then
  return {'shared', known}
end

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local all = redis.call('HGETALL', shares)
for i = 1, #all, 2 do
  if cjson.decode(all[i + 1]).expiresAt <= now then
    redis.call('HDEL', shares, all[i])
  end
end
if redis.call('HLEN', shares) >= shares_max then
  return {'full'}
end
redis.call('HSET', shares, share_id, record)
return {'shared', record}
