-- Claims the due ticks of a schedule, or a run by hand, and leaves the jobs they fire in the outbox.
--
-- KEYS[1]  hash of name to record    KEYS[2]  sorted set of names by when their next tick is due, in ms
-- KEYS[3]  list: its history, newest first    KEYS[4]  stream: outbox
-- ARGV[1]  name
-- ARGV[2]  the version the jobs were made of
-- ARGV[3]  the tick that is claimed, in ms; '' for a run by hand, which leaves the ticks alone
-- ARGV[4]  the next tick in ms, '' when there is none    ARGV[5]  when that is due in ms, '' when there is none
-- ARGV[6]  how many entries the history keeps
-- ARGV[7]  how many jobs follow: job id, type, owner, payload each; behind them history entries, JSON as text, oldest first
--
-- Returns {'claimed'}
--         {'lost'}      another replica was first, it was paused, or the definition is another by now; nothing changed
--         {'unknown'}   there is no such schedule
-- Atomic: the claim, the jobs and the next tick are one step, so a tick is fired by one replica, once, and by a crash it is not lost (J-7).

local records_key, due_key, history_key, outbox_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, version, tick = ARGV[1], ARGV[2], ARGV[3]
local next_tick, due_at = ARGV[4], ARGV[5]
local history_max = tonumber(ARGV[6])
local jobs = tonumber(ARGV[7])
local FIRST_JOB, JOB_FIELDS = 8, 4

local known = redis.call('HGET', records_key, name)
if not known then
  return {'unknown'}
end
local schedule = cjson.decode(known)
if tostring(schedule.version) ~= version then
  return {'lost'}
end
if tick ~= '' then
  if schedule.paused or schedule.nextTick ~= tonumber(tick) then
    return {'lost'}
  end
  schedule.nextTick = nil
  redis.call('ZREM', due_key, name)
  if next_tick ~= '' then
    schedule.nextTick = tonumber(next_tick)
    redis.call('ZADD', due_key, due_at, name)
  end
  redis.call('HSET', records_key, name, cjson.encode(schedule))
end

for i = 0, jobs - 1 do
  local at = FIRST_JOB + i * JOB_FIELDS
  redis.call('XADD', outbox_key, '*', 'kind', 'job', 'id', ARGV[at], 'type', ARGV[at + 1], 'owner', ARGV[at + 2],
    'payload', ARGV[at + 3])
end
for i = FIRST_JOB + jobs * JOB_FIELDS, #ARGV do
  redis.call('LPUSH', history_key, ARGV[i])
end
redis.call('LTRIM', history_key, 0, history_max - 1)
return {'claimed'}
