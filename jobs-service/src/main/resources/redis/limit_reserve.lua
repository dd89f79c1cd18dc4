-- Takes places under a limit that several queues share, before jobs are taken from one of them: as many as there are, at most as many as
-- asked for. They are held in the name of a reservation, and end by themselves.
--
-- KEYS[1]  hash of the limit (limit_put.lua)    KEYS[2]  sorted set of places that are taken, by when each ends in ms
-- ARGV[1]  how many    ARGV[2]  for how many ms    ARGV[3]  name of the reservation
--
-- Returns {'granted', how many, ms until there may be more or ''}
--         {'free'}   there is no such limit
-- Atomic: no more places are taken than there are, and no more jobs begin than the rate lets (J-27). Time is Redis's own. Costs
-- O((granted + ended) log n).

local settings_key, held_key = KEYS[1], KEYS[2]
local wanted, hold_ms, reservation = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)

local settings = redis.call('HMGET', settings_key, 'queues', 'concurrency', 'rate', 'ratePeriodMs', 'fullAt')
if not settings[1] then
  return {'free'}
end
local concurrency, rate, period_ms = tonumber(settings[2]), tonumber(settings[3]), tonumber(settings[4])

redis.call('ZREMRANGEBYSCORE', held_key, '-inf', now_ms)
local granted, again_at = wanted, nil
if concurrency then
  granted = math.max(0, math.min(granted, concurrency - redis.call('ZCARD', held_key)))
  local first_end = granted < wanted and redis.call('ZRANGE', held_key, 0, 0, 'WITHSCORES')[2]
  again_at = first_end and tonumber(first_end) or nil
end
if rate then
  -- A bucket of so many that fills anew over the period, kept as the time at which it is full again.
  local step_ms = period_ms / rate
  local full_at = math.max(now_ms, tonumber(settings[5] or 0))
  local room = math.max(0, math.floor((now_ms - full_at + period_ms) / step_ms))
  if room < granted then
    granted = room
    again_at = full_at + (granted + 1) * step_ms - period_ms
  end
  redis.call('HSET', settings_key, 'fullAt', string.format('%.3f', full_at + granted * step_ms))
end
for place = 1, granted do
  redis.call('ZADD', held_key, now_ms + hold_ms, reservation .. ' ' .. place)
end
local again_ms = again_at and string.format('%.0f', math.max(1, math.ceil(again_at - now_ms))) or ''
return {'granted', string.format('%d', granted), again_ms}
