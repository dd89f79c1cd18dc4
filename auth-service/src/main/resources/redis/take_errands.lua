-- Takes accounts that are due for a look, for a while nobody else's.
--
-- KEYS[1]  due    drover:{errands}:due, a sorted set: account to the time of the next look, in milliseconds
-- KEYS[2]  noted  drover:{errands}:noted, a hash: account to the time of its last note, in milliseconds
-- ARGV[1]  max    accounts at once
-- ARGV[2]  lease  milliseconds until they are due again
--
-- Returns  {sub, notedAt, sub, notedAt, …}   the longest due first
--
-- Atomic. What it costs is bounded by max.
local due, noted = KEYS[1], KEYS[2]
local max, lease = ARGV[1], tonumber(ARGV[2])

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local taken = {}
for _, sub in ipairs(redis.call("ZRANGEBYSCORE", due, "-inf", string.format("%d", now), "LIMIT", 0, max)) do
    redis.call("ZADD", due, string.format("%d", now + lease), sub)
    taken[#taken + 1] = sub
    taken[#taken + 1] = redis.call("HGET", noted, sub) or "0"
end
return taken
