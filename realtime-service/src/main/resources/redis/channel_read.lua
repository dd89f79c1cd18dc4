-- Reads where a channel stands and a bounded part of its history, both of the same moment.
--
-- KEYS  1 log    stream of the channel's messages, entry ids <offset>-0, fields id, data, from, at, trace
--       2 meta   hash epoch, offset
-- ARGV  1 after      an offset: the messages that follow it, oldest first; or "newest": the last ones, newest first
--       2 limit      how many messages at most
--       3 new_epoch  the epoch's name should the channel have none
--       4 idle_ms    how long a position lives at least after it was handed out
--
-- Returns {"read", epoch, offset, {offset, id, data, from, at, trace or ""}, ...}
--
-- Atomic. A channel nobody has published on gets its epoch here, so that a position handed out to a subscriber can be resumed from. The
-- position's life is prolonged only when less than half of idle_ms is left: reading a busy channel writes nothing.

local log, meta = KEYS[1], KEYS[2]
local after, limit = ARGV[1], ARGV[2]
local new_epoch, idle_ms = ARGV[3], tonumber(ARGV[4])

local head = redis.call('HMGET', meta, 'epoch', 'offset')
if not head[1] then
  head = { new_epoch, '0' }
  redis.call('DEL', log)
  redis.call('HSET', meta, 'epoch', new_epoch, 'offset', 0)
end
if redis.call('PTTL', meta) < idle_ms / 2 then
  redis.call('PEXPIRE', meta, idle_ms)
end

local entries = {}
if after == 'newest' then
  entries = redis.call('XREVRANGE', log, '+', '-', 'COUNT', limit)
elseif head[2] ~= after then
  entries = redis.call('XRANGE', log, '(' .. after .. '-0', '+', 'COUNT', limit)
end

local answer = { 'read', head[1], head[2] }
for _, entry in ipairs(entries) do
  local fields = entry[2]
  answer[#answer + 1] = { string.match(entry[1], '^%d+'), fields[2], fields[4], fields[6], fields[8], fields[10] or '' }
end
return answer
