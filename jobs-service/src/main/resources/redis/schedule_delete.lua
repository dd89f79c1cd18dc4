-- Deletes a schedule. Jobs it has fired are jobs like any other and stay.
--
-- KEYS[1]  hash of name to record    KEYS[2]  sorted set of names by when their next tick is due    KEYS[3]  sorted set of names
-- KEYS[4]  list: its history
-- ARGV[1]  name    ARGV[2]  the version it must be at, '*' for any
--
-- Returns {'deleted'}
--         {'differs', version}   it is at another version; nothing changed
--         {'unknown'}            there is no such schedule
-- Atomic: a tick is claimed before or not at all.

local records_key, due_key, names_key, history_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, expected = ARGV[1], ARGV[2]

local known = redis.call('HGET', records_key, name)
if not known then
  return {'unknown'}
end
local version = tostring(cjson.decode(known).version)
if expected ~= '*' and expected ~= version then
  return {'differs', version}
end
redis.call('HDEL', records_key, name)
redis.call('ZREM', due_key, name)
redis.call('ZREM', names_key, name)
redis.call('DEL', history_key)
return {'deleted'}
