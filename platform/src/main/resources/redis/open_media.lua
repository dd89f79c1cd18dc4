-- Notes a granted upload in the ledger as pending, or recognises it as a repeat.
--
-- KEYS  1 item    hash of the file's entry
--       2 owned   sorted set of the owner's files, all scores 0, members <created, 13 digits of ms>:<id>
-- ARGV  1 id   2 owner   3 file name   4 content type   5 size in bytes   6 sha256 (hex)   7 purpose
--
-- Returns {'opened', created_ms}  it is pending now
--         {'known', state}        the same upload was opened before; nothing was changed
--         {'deleted'}             the same upload was opened before and its file deleted since
--         {'differs'}             another upload has the id; nothing was changed
--
-- Atomic: an entry is in the owner's list from its first moment (M-1). All keys share the owner's shard.

local item, owned = KEYS[1], KEYS[2]
local id, owner, file_name, content_type = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local size_bytes, sha256, purpose = ARGV[5], ARGV[6], ARGV[7]

local wanted = {owner, file_name, content_type, size_bytes, sha256, purpose}
local found = redis.call('HMGET', item, 'owner', 'fileName', 'contentType', 'sizeBytes', 'sha256', 'purpose', 'state')
local state = found[7]
if state then
  for i = 1, #wanted do
    if found[i] ~= wanted[i] then
      return {'differs'}
    end
  end
  if state == 'deleted' then
    return {'deleted'}
  end
  return {'known', state}
end

local clock = redis.call('TIME')
local now_ms = string.format('%013.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))

redis.call('HSET', item,
  'owner', owner,
  'fileName', file_name,
  'contentType', content_type,
  'sizeBytes', size_bytes,
  'sha256', sha256,
  'purpose', purpose,
  'state', 'pending',
  'createdAt', now_ms,
  'updatedAt', now_ms)
redis.call('ZADD', owned, 0, now_ms .. ':' .. id)
return {'opened', now_ms}
