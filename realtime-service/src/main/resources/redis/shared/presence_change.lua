-- How presence changes, for the scripts that change it.

-- The instance of held has so many connections of the account now.
local function presence_set(members, counts, held, account, connections, change)
  local before = tonumber(redis.call('HGET', held, account) or 0)
  if before == connections then
    return
  end
  if connections == 0 then
    redis.call('HDEL', held, account)
  else
    redis.call('HSET', held, account, connections)
  end
  local total = redis.call('HINCRBY', counts, account, connections - before)
  if total <= 0 then
    redis.call('HDEL', counts, account)
    redis.call('ZREM', members, account)
    change.left[#change.left + 1] = account
  elseif total == connections - before then
    redis.call('ZADD', members, 0, account)
    change.joined[#change.joined + 1] = account
  end
end

local function presence_tell(log, meta, wake, members, change, event_id, keep)
  local parts = {}
  for _, kind in ipairs({ 'joined', 'left' }) do
    if #change[kind] > 0 then
      parts[#parts + 1] = '"' .. kind .. '":' .. cjson.encode(change[kind])
    end
  end
  if #parts > 0 then
    parts[#parts + 1] = '"members":' .. redis.call('ZCARD', members)
    local epoch = channel_epoch(log, meta, event_id)
    local data = '{' .. table.concat(parts, ',') .. '}'
    channel_push(log, meta, wake, epoch, { { id = event_id, data = data, from = 'system' } }, keep)
  end
end
