-- Takes a queue out of the index of queues, if nobody has entered it for long: whoever adds to it enters it first, and relies on that for half a minute.
--
-- KEYS[1]  set of queue names
-- KEYS[2]  sorted set of them by when they were entered last, in ms
-- ARGV[1]  name of the queue
-- ARGV[2]  how long it must not have been entered, in ms
--
-- Returns 'released'  it is not in the index
--         'used'      it was entered since, or it is not known when: then its time begins now
-- Atomic. Repeating it is harmless (J-28).

local queues_key, entered_key = KEYS[1], KEYS[2]
local queue, unused_ms = ARGV[1], tonumber(ARGV[2])
local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local entered_ms = redis.call('ZSCORE', entered_key, queue)
if not entered_ms then
  redis.call('ZADD', entered_key, string.format('%.0f', now_ms), queue)
  return 'used'
end
if now_ms - tonumber(entered_ms) < unused_ms then
  return 'used'
end
redis.call('SREM', queues_key, queue)
redis.call('ZREM', entered_key, queue)
return 'released'
