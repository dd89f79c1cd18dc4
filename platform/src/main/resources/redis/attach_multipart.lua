-- Notes what the store calls the multipart upload a file is made by. The first one noted stays.
--
-- KEYS  1 item   hash of the file's entry
-- ARGV  1 owner   2 upload_id
--
-- Returns {'attached', upload_id}  the upload the file is made by: the caller's, or one that was noted before
--         {'past'}                 it is past pending; nothing was changed
--         {'gone'}                 there is no such file, it is deleted, or another's
--
-- Atomic: a file is made by one upload, however many were begun for it.

local item = KEYS[1]
local owner, upload_id = ARGV[1], ARGV[2]

local found = redis.call('HMGET', item, 'owner', 'state', 'uploadId')
local state = found[2]
if not state or found[1] ~= owner or state == 'deleted' then
  return {'gone'}
end
if state ~= 'pending' then
  return {'past'}
end
if found[3] then
  return {'attached', found[3]}
end
redis.call('HSET', item, 'uploadId', upload_id)
return {'attached', upload_id}
