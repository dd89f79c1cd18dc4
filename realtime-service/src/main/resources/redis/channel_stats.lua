-- Reads how a channel is doing, all of the same moment.
--
-- KEYS  1 log      as in channel_read
--       2 meta     hash, see shared/channel_log
--       3 members  sorted set of the accounts present
--
-- Returns {epoch, offset, messages kept, bytes of data kept, at of the oldest, at of the newest, messages of the last minute, members};
--         empty texts for what there is not
--
-- Atomic, writes nothing, and costs the same for any channel. The rate is that of the minute that has begun and, in proportion, the one before.

local log, meta, members = KEYS[1], KEYS[2], KEYS[3]

local head = redis.call('HMGET', meta, 'epoch', 'offset', 'bytes', 'minute', 'count', 'previous')
local function at(entries)
  return entries[1] and entries[1][2][8] or ''
end
local time = redis.call('TIME')
local minute = math.floor(tonumber(time[1]) / 60)
local passed = (tonumber(time[1]) % 60) / 60
local rate = 0
if tonumber(head[4] or -1) == minute then
  rate = tonumber(head[5]) + tonumber(head[6]) * (1 - passed)
elseif tonumber(head[4] or -1) == minute - 1 then
  rate = tonumber(head[5]) * (1 - passed)
end
local kept = redis.call('XLEN', log)
return {
  head[1] or '', head[2] or '0', kept, kept > 0 and head[3] or '0',
  at(redis.call('XRANGE', log, '-', '+', 'COUNT', 1)), at(redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)),
  string.format('%.0f', rate), redis.call('ZCARD', members),
}
