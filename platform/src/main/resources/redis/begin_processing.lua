-- verified or processing -> processing, under the fencing token of the lease the caller works by.
--
-- KEYS  1 item    hash of the file's entry; its field token is the highest fencing token shown so far
-- ARGV  1 token   the caller's fencing token
--
-- Returns {'begun'}           the file is the caller's to process, until a higher token comes
--         {'settled', state}  an earlier run has finished it
--         {'stale'}           a higher token was here; nothing was changed
--         {'unverified'}      it is pending; there is nothing to process
--         {'gone'}            it is deleted, or there is none
--
-- Atomic. A repeat with the same token is the same run (M-5).

local item = KEYS[1]
local token = tonumber(ARGV[1])

local found = redis.call('HMGET', item, 'state', 'token')
local state, highest = found[1], tonumber(found[2] or '0')
if not state or state == 'deleted' then
  return {'gone'}
end
if state == 'pending' then
  return {'unverified'}
end
if state == 'ready' or state == 'quarantined' then
  return {'settled', state}
end
if token < highest then
  return {'stale'}
end

local clock = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
redis.call('HSET', item, 'state', 'processing', 'token', ARGV[1], 'updatedAt', now_ms)
return {'begun'}
