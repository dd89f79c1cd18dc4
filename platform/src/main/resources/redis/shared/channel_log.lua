-- The end of a channel's log, for every script that appends. log is a stream with entry ids <offset>-0 and fields id, data, from, at and,
-- last, trace when there is one; meta is a hash:
-- epoch, offset, bytes (of the data kept), and minute, count, previous (messages of the latest minute spoken in and the one before it).

local CHANNEL_DROP_MAX = 32

-- Bytes of data a wake-up carries; what is larger is read by whoever is woken up. A listener that takes nothing has Redis keep what it was sent.
local CHANNEL_CARRY_MAX = 4096

local function channel_now_ms()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

-- The channel's epoch; without one the history begins anew, and a left-over log is dropped, so that an epoch never mixes with another.
local function channel_epoch(log, meta, new_epoch)
  local epoch = redis.call('HGET', meta, 'epoch')
  if not epoch then
    epoch = new_epoch
    redis.call('DEL', log)
    redis.call('HSET', meta, 'epoch', epoch, 'offset', 0, 'bytes', 0)
  end
  return epoch
end

-- Wakes up whoever listens: "<epoch>:<offset>" of the last message, and for one that is alone and small enough
-- ":<at>:<bytes of id>:<of from>:<of trace>:" and then id, from, trace and data, nothing between them: who stands right before it has nothing to read.
-- Servers from 7.0 on have sharded pub/sub, which reaches the node of the slot only; listeners ask the server in the same way.
local function channel_wake(wake, epoch, offset, at, messages)
  local payload, message = epoch .. ':' .. offset, messages[1]
  if #messages == 1 and #message.data <= CHANNEL_CARRY_MAX then
    local trace = message.trace or ''
    payload = table.concat({ payload, at, #message.id, #message.from, #trace, message.id .. message.from .. trace .. message.data }, ':')
  end
  if (redis.REDIS_VERSION_NUM or 0) >= 0x00070000 then
    redis.call('SPUBLISH', wake, payload)
  else
    redis.call('PUBLISH', wake, payload)
  end
end

-- Appends messages {id, data, from, trace?}; the channel must have its epoch. keep = {count, ms, bytes, meta_ms}. What is beyond one of the three is
-- dropped from the oldest on, at most as many messages as are appended and 31 more; the newest is never dropped. Returns the offset of the last.
local function channel_push(log, meta, wake, epoch, messages, keep)
  local now_ms = channel_now_ms()
  local head = redis.call('HMGET', meta, 'offset', 'bytes', 'minute', 'count', 'previous')
  local offset, at, bytes, newest_bytes = nil, string.format('%.0f', now_ms), 0, 0
  for n, message in ipairs(messages) do
    offset = string.format('%.0f', tonumber(head[1]) + n)
    local fields = { 'id', message.id, 'data', message.data, 'from', message.from, 'at', at }
    if message.trace and message.trace ~= '' then
      fields[9], fields[10] = 'trace', message.trace
    end
    redis.call('XADD', log, offset .. '-0', unpack(fields))
    newest_bytes = #message.data
    bytes = bytes + newest_bytes
  end

  local kept = redis.call('XLEN', log)
  if kept > #messages then
    bytes = bytes + math.max(0, tonumber(head[2] or 0))
  end
  local first, dropped = '-', nil
  for _ = 1, CHANNEL_DROP_MAX + #messages - 1 do
    local oldest = kept > 1 and redis.call('XRANGE', log, first, '+', 'COUNT', 1)[1]
    if not oldest or (kept <= keep.count and bytes <= keep.bytes and tonumber(oldest[2][8]) >= now_ms - keep.ms) then
      break
    end
    bytes = bytes - #oldest[2][4]
    kept = kept - 1
    dropped = tonumber(string.match(oldest[1], '^%d+'))
    first = string.format('%.0f-0', dropped + 1)
  end
  if dropped then
    redis.call('XTRIM', log, 'MINID', first)
  end

  local minute = math.floor(now_ms / 60000)
  local count, previous = #messages, 0
  if tonumber(head[3] or -1) == minute then
    count, previous = tonumber(head[4]) + #messages, tonumber(head[5])
  elseif tonumber(head[3] or -1) == minute - 1 then
    previous = tonumber(head[4])
  end
  redis.call('HSET', meta, 'offset', offset, 'bytes', string.format('%.0f', math.max(bytes, newest_bytes)),
    'minute', string.format('%.0f', minute), 'count', count, 'previous', previous)
  redis.call('PEXPIRE', log, keep.ms)
  redis.call('PEXPIRE', meta, keep.meta_ms)
  channel_wake(wake, epoch, offset, at, messages)
  return offset
end
