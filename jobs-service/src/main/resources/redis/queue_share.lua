-- Puts a queue under a limit it shares with others, or takes it from under it. A queue is under one such limit at most.
--
-- KEYS[1]  hash of what operators set for the queue
-- ARGV[1]  name of the limit    ARGV[2]  '1' to put it under, '0' to take it away
--
-- Returns {'done'}          it is so now, or was before
--         {'other', name}   it is under another limit; nothing changed
-- Atomic. Repeating it is harmless.

local settings_key = KEYS[1]
local name, under = ARGV[1], ARGV[2] == '1'

local present = redis.call('HGET', settings_key, 'shared')
if under and present and present ~= name then
  return {'other', present}
end
if under then
  redis.call('HSET', settings_key, 'shared', name)
elseif present == name then
  redis.call('HDEL', settings_key, 'shared')
end
return {'done'}
