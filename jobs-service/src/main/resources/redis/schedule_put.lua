-- Writes a schedule: a new one, or another definition under a name that is there.
--
-- KEYS[1]  hash of name to record    KEYS[2]  sorted set of names by when their next tick is due, in ms    KEYS[3]  sorted set of names
-- ARGV[1]  name
-- ARGV[2]  the version it must be at; '' when there must be none, '*' for any
-- ARGV[3]  definition, a JSON object as text, passed on as it is
-- ARGV[4]  its next tick in ms, '' when there is none    ARGV[5]  when that is due in ms, '' when there is none
-- ARGV[6]  how many schedules there may be               ARGV[7]  now in ms
--
-- Returns {'put', version, 'created' or 'changed'}
--         {'differs', version}   it is at another version, or there when it must not be; nothing changed
--         {'unknown'}            a version was asked for and there is no such schedule
--         {'full'}               there are as many as there may be; nothing changed
-- Atomic. A schedule that is paused stays so. Ticks of the former definition that were not claimed are gone.

local records_key, due_key, names_key = KEYS[1], KEYS[2], KEYS[3]
local name, expected, definition = ARGV[1], ARGV[2], ARGV[3]
local next_tick, due_at = ARGV[4], ARGV[5]
local schedules_max = tonumber(ARGV[6])
local now_ms = tonumber(ARGV[7])

local known = redis.call('HGET', records_key, name)
local schedule = known and cjson.decode(known) or nil
if schedule then
  if expected ~= '*' and expected ~= tostring(schedule.version) then
    return {'differs', tostring(schedule.version)}
  end
else
  if expected ~= '' and expected ~= '*' then
    return {'unknown'}
  end
  if redis.call('HLEN', records_key) >= schedules_max then
    return {'full'}
  end
  schedule = {version = 0, paused = false, createdAt = now_ms}
end

schedule.version = schedule.version + 1
schedule.definition = definition
schedule.updatedAt = now_ms
schedule.nextTick = nil
redis.call('ZREM', due_key, name)
if next_tick ~= '' and not schedule.paused then
  schedule.nextTick = tonumber(next_tick)
  redis.call('ZADD', due_key, due_at, name)
end
redis.call('HSET', records_key, name, cjson.encode(schedule))
redis.call('ZADD', names_key, 0, name)
return {'put', tostring(schedule.version), known and 'changed' or 'created'}
