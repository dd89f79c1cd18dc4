-- Notes the digests of parts that are about to be uploaded; a later word about a part counts. The upload's time begins anew.
--
-- KEYS  1 item      hash of the file's entry
--       2 parts     hash of the parts that were announced: number -> sha256 (hex)
--       3 pending   sorted set of the shard's uploads by their time end (ms), members <owner>:<id>
-- ARGV  1 owner   2 id   3 pending_ms   how long it may take from now   4 ... number, sha256, number, sha256, ...
--
-- Returns {'announced'}  they are noted
--         {'past'}       it is past pending; nothing was changed
--         {'gone'}       there is no such file, it is deleted, or another's
--
-- Atomic: no part is announced of a file that is complete. All keys share the owner's shard.

local item, parts, pending = KEYS[1], KEYS[2], KEYS[3]
local owner, id, pending_ms = ARGV[1], ARGV[2], tonumber(ARGV[3])

local found = redis.call('HMGET', item, 'owner', 'state')
local state = found[2]
if not state or found[1] ~= owner or state == 'deleted' then
  return {'gone'}
end
if state ~= 'pending' then
  return {'past'}
end

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
for i = 4, #ARGV, 2 do
  redis.call('HSET', parts, ARGV[i], ARGV[i + 1])
end
redis.call('ZADD', pending, 'GT', string.format('%.0f', now + pending_ms), owner .. ':' .. id)
return {'announced'}
