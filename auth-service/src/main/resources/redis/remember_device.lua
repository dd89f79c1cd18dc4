-- Remembers a place an account is logged in to from, with the letter that tells its owner.
--
-- KEYS[1]  devices  drover:{usr_x}:devices, a sorted set: places by the time of the last log-in, in milliseconds
-- KEYS[2]  outbox   drover:{usr_x}:outbox, a stream
-- KEYS[3]  letter   drover:{usr_x}:letter:<id>, a hash
-- ARGV[1]  place     a hash
-- ARGV[2]  memory    milliseconds a place is remembered
-- ARGV[3]  max       places remembered; those not seen for longest go
-- ARGV[4]  lifetime  milliseconds the letter waits
-- ARGV[5…7]   to, subject, text          of the letter
-- ARGV[8…11]  id, type, owner, payload   of the job that sends it
--
-- Returns  {"remembered"}
--          {"known"}       another was faster; nothing was changed
--
-- Atomic. A-10: a mail is owed from the step on that entails it.
local devices, outbox, letter = KEYS[1], KEYS[2], KEYS[3]
local place, memory, max, lifetime = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call("ZADD", devices, "NX", string.format("%d", now), place) == 0 then
    return { "known" }
end
redis.call("PEXPIRE", devices, memory)
redis.call("ZREMRANGEBYRANK", devices, 0, -max - 1)
redis.call("HSET", letter, "to", ARGV[5], "subject", ARGV[6], "text", ARGV[7])
redis.call("PEXPIRE", letter, lifetime)
redis.call("XADD", outbox, "*", "kind", "job", "id", ARGV[8], "type", ARGV[9], "owner", ARGV[10], "payload", ARGV[11])
return { "remembered" }
