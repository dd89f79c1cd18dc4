-- pending -> deleted, for an upload whose time is over. As delete_media, but only if it is still pending and its time has not begun anew.
--
-- KEYS  1 item      hash of the file's entry
--       2 owned     sorted set of the owner's files, members <created, 13 digits of ms>:<id>
--       3 usage     hash of what the owner is charged
--       4 pending   sorted set of the shard's uploads by their time end (ms), members <owner>:<id>
--       5 owners    sorted set of the shard's accounts that have files
--       6 parts     hash of the parts that were announced
--       7 shares    hash of the links the file is shared by
-- ARGV  1 id   2 owner   3 remember_ms   how long the mark stays
--
-- Returns {'expired', upload_id}  it is deleted now; the multipart upload it was being made by, or ''
--         {'kept'}                its time is not over, or it is past pending; it is not due any more
--
-- Atomic: of a completion and an expiry at the same time one wins, and the other finds it so. All keys share the owner's shard.

local item, owned, usage, pending, owners = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local parts, shares = KEYS[6], KEYS[7]
local id, owner, remember_ms = ARGV[1], ARGV[2], ARGV[3]

--@include media_release

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local ends = redis.call('ZSCORE', pending, owner .. ':' .. id)
if not ends or tonumber(ends) > now then
  return {'kept'}
end

local found = redis.call('HMGET', item, 'owner', 'state', 'uploadId')
if found[2] ~= 'pending' or found[1] ~= owner then
  redis.call('ZREM', pending, owner .. ':' .. id)
  return {'kept'}
end
release_media(id, owner, string.format('%.0f', now), remember_ms)
return {'expired', found[3] or ''}
