-- Notes a granted upload in the ledger as pending and charges it to its owner, or recognises it as a repeat.
--
-- KEYS  1 item      hash of the file's entry
--       2 owned     sorted set of the owner's files, all scores 0, members <created, 13 digits of ms>:<id>
--       3 usage     hash of what the owner is charged: bytes, files
--       4 pending   sorted set of the shard's uploads by their time end (ms), members <owner>:<id>
--       5 owners    sorted set of the shard's accounts that have files, all scores 0
-- ARGV  1 id   2 owner   3 file name   4 content type   5 size in bytes   6 sha256 (hex)   7 purpose
--       8 part size in bytes, 0 for an upload in one request   9 pending_ms   how long it may take from now
--      10 bytes_max   11 files_max   what the owner may be charged in all
--
-- Returns {'opened', created_ms}        it is pending now, and charged
--         {'known', state}              the same upload was opened before; while it is pending its time begins anew
--         {'deleted'}                   the same upload was opened before and its file deleted since
--         {'differs'}                   another upload has the id; nothing was changed
--         {'over', bytes, files}        the owner's quota has no room for it; what is left of it; nothing was changed
--
-- Atomic: an entry is in the owner's list from its first moment (M-1), and charged once (M-8). All keys share the owner's shard.

local item, owned, usage, pending, owners = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local id, owner, file_name, content_type = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local size_bytes, sha256, purpose, part_bytes = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local pending_ms, bytes_max, files_max = tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local now_ms = string.format('%013.0f', now)
local ends_ms = string.format('%.0f', now + pending_ms)

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
  if state == 'pending' then
    redis.call('ZADD', pending, 'GT', ends_ms, owner .. ':' .. id)
  end
  return {'known', state}
end

local used = redis.call('HMGET', usage, 'bytes', 'files')
local bytes_left = math.max(0, bytes_max - tonumber(used[1] or '0'))
local files_left = math.max(0, files_max - tonumber(used[2] or '0'))
if tonumber(size_bytes) > bytes_left or files_left < 1 then
  return {'over', string.format('%.0f', bytes_left), string.format('%.0f', files_left)}
end

redis.call('HINCRBY', usage, 'bytes', size_bytes)
redis.call('HINCRBY', usage, 'files', 1)
redis.call('HSET', item,
  'owner', owner,
  'fileName', file_name,
  'contentType', content_type,
  'sizeBytes', size_bytes,
  'sha256', sha256,
  'purpose', purpose,
  'partBytes', part_bytes,
  'charged', size_bytes,
  'state', 'pending',
  'createdAt', now_ms,
  'updatedAt', now_ms)
redis.call('ZADD', owned, 0, now_ms .. ':' .. id)
redis.call('ZADD', pending, ends_ms, owner .. ':' .. id)
redis.call('ZADD', owners, 0, owner)
return {'opened', now_ms}
