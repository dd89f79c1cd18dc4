-- Notes an account that may soon have something left to be done elsewhere.
--
-- KEYS[1]  due    drover:{errands}:due, a sorted set: account to the time of the next look, in milliseconds
-- KEYS[2]  noted  drover:{errands}:noted, a hash: account to the time of its last note, in milliseconds
-- ARGV[1]  sub    the account's id
--
-- Returns  {"noted"}
--
-- Atomic; repeating it makes the note younger. A-13: an account stays noted until what its changes left is done.
local due, noted = KEYS[1], KEYS[2]
local sub = ARGV[1]

local time = redis.call("TIME")
local now = string.format("%d", time[1] * 1000 + math.floor(time[2] / 1000))
redis.call("ZADD", due, now, sub)
redis.call("HSET", noted, sub, now)
return { "noted" }
