-- Notes that an account is about to belong to a room.
--
-- KEYS  1 names  sorted set of rooms by when they were noted, in ms
-- ARGV  1 room
--       2 max   how many rooms are noted at most
--
-- Returns "noted"
--         "known"  it was noted before; nothing was changed
--         "full"   so many are noted; nothing was changed
--
-- Atomic; repeating it changes nothing.

local names = KEYS[1]
local room, max = ARGV[1], tonumber(ARGV[2])

if redis.call('ZSCORE', names, room) then
  return 'known'
end
if redis.call('ZCARD', names) >= max then
  return 'full'
end
local clock = redis.call('TIME')
redis.call('ZADD', names, string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)), room)
return 'noted'
