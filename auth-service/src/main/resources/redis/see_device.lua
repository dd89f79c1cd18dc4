-- Says whether an account was logged in to from a place before.
--
-- KEYS[1]  devices  drover:{usr_x}:devices, a sorted set: places by the time of the last log-in, in milliseconds
-- ARGV[1]  place    a hash
-- ARGV[2]  memory   milliseconds a place is remembered
--
-- Returns  {"known"}  now it was seen last; also the first place of all, which is no news to whoever has just signed up
--          {"new"}    nothing was changed
--
-- Atomic; repeating it changes nothing but the time.
local devices = KEYS[1]
local place, memory = ARGV[1], tonumber(ARGV[2])

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call("ZREMRANGEBYSCORE", devices, "-inf", string.format("%d", now - memory))
if not redis.call("ZSCORE", devices, place) and redis.call("EXISTS", devices) == 1 then
    return { "new" }
end
redis.call("ZADD", devices, string.format("%d", now), place)
redis.call("PEXPIRE", devices, memory)
return { "known" }
