-- Any state -> deleted. The entry stays for a while as a mark, so that a repeat is recognised and the id is not used again.
--
-- KEYS  1 item      hash of the file's entry
--       2 owned     sorted set of the owner's files, members <created, 13 digits of ms>:<id>
--       3 usage     hash of what the owner is charged
--       4 pending   sorted set of the shard's uploads by their time end, members <owner>:<id>
--       5 owners    sorted set of the shard's accounts that have files
--       6 parts     hash of the parts that were announced
--       7 shares    hash of the links the file is shared by
--       8… links    signed URLs of the file's forms that are cached
-- ARGV  1 id   2 owner   3 remember_ms   how long the mark stays
--
-- Returns {'deleted', upload_id}  nobody gets the file from here on; it may have been so before. The multipart upload it was being made
--                                 by, or ''
--         {'gone'}                there is no such file, or it is another's
--
-- Atomic: what the file was charged is given back once (M-8). Repeating it is harmless, and does not make the mark stay longer. All keys
-- share the owner's shard.

local item, owned, usage, pending, owners = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local parts, shares = KEYS[6], KEYS[7]
local id, owner, remember_ms = ARGV[1], ARGV[2], ARGV[3]

--@include media_release

local found = redis.call('HMGET', item, 'owner', 'state', 'uploadId')
local state, upload_id = found[2], found[3] or ''
if not state or found[1] ~= owner then
  return {'gone'}
end
if state == 'deleted' then
  return {'deleted', upload_id}
end

local clock = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
release_media(id, owner, now_ms, remember_ms)
for i = 8, #KEYS do
  redis.call('DEL', KEYS[i])
end
return {'deleted', upload_id}
