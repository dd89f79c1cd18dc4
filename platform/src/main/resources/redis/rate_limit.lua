-- Takes units from one subject's quota, or gives them back: GCRA, the generic cell rate algorithm (ATM Forum, Traffic Management 4.0,
-- section 4.4.3; ITU-T I.371, annex A). Its answer is what the RateLimit fields of draft-ietf-httpapi-ratelimit-headers-11 are made of.
--
-- KEYS  1 arrival  string: the theoretical arrival time, microseconds since 1970 by Redis's clock; none when the quota is whole
-- ARGV  1 interval_us  microseconds until one unit is back, 1 to 86 400 000 000
--       2 burst        units there can be at most, 1 to 1 000 000; burst * interval_us is at most a day and a second
--       3 units        units to take, 1 to burst; negative: to give back
--
-- Returns {allowed 1 or 0, remaining units, microseconds until the quota is whole, microseconds until the units can be had or 0}
--
-- Atomic. In no stretch of time t are more than burst + t / interval_us units taken (E-7). What is refused takes nothing. The key vanishes
-- when the quota is whole. An arrival time further away than a whole quota can be (the clock was set back, or the policy was made
-- smaller) counts as that far. All numbers stay below 2^53, where Lua's are exact.

local arrival_key = KEYS[1]
local interval, burst, units = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local horizon = interval * burst

local arrival = tonumber(redis.call('GET', arrival_key) or now)
arrival = math.max(now, math.min(arrival, now + horizon))

local next_arrival = math.max(now, arrival + units * interval)
local wait = next_arrival - now - horizon
if wait > 0 then
  return { 0, math.floor((horizon - (arrival - now)) / interval), arrival - now, wait }
end

local until_whole = next_arrival - now
if until_whole > 0 then
  redis.call('SET', arrival_key, string.format('%.0f', next_arrival), 'PX', math.ceil(until_whole / 1000))
else
  redis.call('DEL', arrival_key)
end
return { 1, math.floor((horizon - until_whole) / interval), until_whole, 0 }
