-- Takes back a link a file is shared by.
--
-- KEYS  1 item     hash of the file's entry
--       2 shares   hash of the links the file is shared by
-- ARGV  1 owner   2 share_id
--
-- Returns {'revoked'}  nobody gets the file by it from here on; it may have been so before
--         {'gone'}     there is no such file, it is deleted, or another's
--
-- Atomic. All keys share the owner's shard.

local item, shares = KEYS[1], KEYS[2]
local owner, share_id = ARGV[1], ARGV[2]

local found = redis.call('HMGET', item, 'owner', 'state')
if found[1] ~= owner or found[2] == 'deleted' then
  return {'gone'}
end
redis.call('HDEL', shares, share_id)
return {'revoked'}
