-- Pauses a schedule, or lets it go on from now: what would have ticked in between is not made up for.
--
-- KEYS[1]  hash of name to record    KEYS[2]  sorted set of names by when their next tick is due, in ms
-- ARGV[1]  name
-- ARGV[2]  '1' to pause, '0' to go on
-- ARGV[3]  the version the next tick was made of
-- ARGV[4]  next tick in ms, '' when there is none    ARGV[5]  when that is due in ms, '' when there is none
--
-- Returns {'done'}               it is so now, or was before
--         {'differs', version}   the definition is another by now; nothing changed
--         {'unknown'}            there is no such schedule
-- Atomic. The version counts definitions only.

local records_key, due_key = KEYS[1], KEYS[2]
local name = ARGV[1]
local paused = ARGV[2] == '1'
local version = ARGV[3]
local next_tick, due_at = ARGV[4], ARGV[5]

local known = redis.call('HGET', records_key, name)
if not known then
  return {'unknown'}
end
local schedule = cjson.decode(known)
if tostring(schedule.version) ~= version then
  return {'differs', tostring(schedule.version)}
end
if schedule.paused == paused then
  return {'done'}
end
schedule.paused = paused
schedule.nextTick = nil
redis.call('ZREM', due_key, name)
if not paused and next_tick ~= '' then
  schedule.nextTick = tonumber(next_tick)
  redis.call('ZADD', due_key, due_at, name)
end
redis.call('HSET', records_key, name, cjson.encode(schedule))
return {'done'}
