-- Lets an attempt to prove something be judged, or says that it cannot succeed.
--
-- KEYS[1]  attempts  drover:{lockout:<kind>:<hash>}:attempts, a hash of failures and lockedUntil (milliseconds)
-- KEYS[2]  pending   drover:{lockout:<kind>:<hash>}:pending, a sorted set: attempts that are being judged, by when they count no more
-- KEYS[3]  audit     drover:{lockout:<kind>:<hash>}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  id        of the attempt
-- ARGV[2]  free      failures without consequence
-- ARGV[3]  judging   milliseconds the attempt counts if nobody says what came of it
--
-- Returns  {"judged", left}          left is "1" when somebody left entries in audit, else "0"
--          {"locked", left, millis}  it cannot succeed for so long, or until those that are being judged have been; nothing was changed
--
-- Atomic. A-14: while they are judged attempts count as if they had failed, so no more are judged at once than one after the other; one
-- whose instance died counts no longer than judging.
local attempts, pending, audit = KEYS[1], KEYS[2], KEYS[3]
local id, free, judging = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local left = tostring(redis.call("EXISTS", audit))
local known = redis.call("HMGET", attempts, "failures", "lockedUntil")
local failures, locked_until = tonumber(known[1] or "0"), tonumber(known[2] or "0")
if locked_until > now then
    return { "locked", left, string.format("%d", locked_until - now) }
end
local under_way = redis.call("ZCOUNT", pending, string.format("(%d", now), "+inf")
-- One beyond those that are free is judged, and once that many have failed, one at a time.
if failures + under_way > math.max(free, failures) then
    local first = redis.call("ZRANGEBYSCORE", pending, string.format("(%d", now), "+inf", "WITHSCORES", "LIMIT", 0, 1)
    return { "locked", left, string.format("%d", tonumber(first[2]) - now) }
end
redis.call("ZREMRANGEBYSCORE", pending, "-inf", string.format("%d", now))
redis.call("ZADD", pending, string.format("%d", now + judging), id)
redis.call("PEXPIRE", pending, judging)
return { "judged", left }
