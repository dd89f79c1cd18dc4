-- Enters a queue into the index of queues, unless the index is full.
--
-- KEYS[1]  set of queue names
-- KEYS[2]  sorted set of them by when they were entered last, in ms; may be left out
-- ARGV[1]  name of the queue
-- ARGV[2]  how many queues there may be
--
-- Returns {'known'}  it was there already
--         {'added'}  it is there now
--         {'full'}   it is not there and there is no room; nothing changed
-- Atomic. Repeating it is harmless.

local queues_key = KEYS[1]
local queue = ARGV[1]
local queues_max = tonumber(ARGV[2])

local function note_use()
  if KEYS[2] then
    local clock = redis.call('TIME')
    redis.call('ZADD', KEYS[2], string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)), queue)
  end
end

if redis.call('SISMEMBER', queues_key, queue) == 1 then
  note_use()
  return {'known'}
end
if redis.call('SCARD', queues_key) >= queues_max then
  return {'full'}
end
redis.call('SADD', queues_key, queue)
note_use()
return {'added'}
