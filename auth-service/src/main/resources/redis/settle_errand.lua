-- Strikes off an account that was seen to have nothing left to be done.
--
-- KEYS[1]  due      drover:{errands}:due, a sorted set
-- KEYS[2]  noted    drover:{errands}:noted, a hash
-- ARGV[1]  sub      the account's id
-- ARGV[2]  notedAt  its note when it was taken, in milliseconds
-- ARGV[3]  grace    milliseconds a note counts at least: the change it was made for may still be under way
--
-- Returns  {"settled"}   it is off the list
--          {"kept"}      it was noted again, or not long ago; nothing was changed
--
-- Atomic. A-13: an account stays noted until what its changes left is done.
local due, noted = KEYS[1], KEYS[2]
local sub, noted_at, grace = ARGV[1], ARGV[2], tonumber(ARGV[3])

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if (redis.call("HGET", noted, sub) or "0") ~= noted_at or now - tonumber(noted_at) < grace then
    return { "kept" }
end
redis.call("ZREM", due, sub)
redis.call("HDEL", noted, sub)
return { "settled" }
