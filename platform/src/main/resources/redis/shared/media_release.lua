-- A file's end in the ledger: out of its owner's list, its charge given back once, its entry a mark that goes by itself.
local function release_media(id, owner, now_ms, remember_ms)
  local found = redis.call('HMGET', item, 'createdAt', 'charged')
  redis.call('ZREM', owned, found[1] .. ':' .. id)
  redis.call('ZREM', pending, owner .. ':' .. id)
  if found[2] then
    redis.call('HINCRBY', usage, 'bytes', '-' .. found[2])
    redis.call('HINCRBY', usage, 'files', -1)
  end
  if redis.call('EXISTS', owned) == 0 then
    redis.call('DEL', usage)
    redis.call('ZREM', owners, owner)
  end
  redis.call('DEL', parts, shares)
  redis.call('HDEL', item, 'variants', 'reason', 'charged')
  redis.call('HSET', item, 'state', 'deleted', 'updatedAt', now_ms)
  redis.call('PEXPIRE', item, remember_ms)
end
