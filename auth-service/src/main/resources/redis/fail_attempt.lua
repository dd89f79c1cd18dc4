-- Counts an attempt that has failed, and locks where too many have.
--
-- KEYS[1]  attempts  drover:{lockout:<kind>:<hash>}:attempts, a hash of failures and lockedUntil (milliseconds)
-- KEYS[2]  pending   drover:{lockout:<kind>:<hash>}:pending, a sorted set: attempts that are being judged, by when they count no more
-- KEYS[3]  audit     drover:{lockout:<kind>:<hash>}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  id           of the attempt; "" of one that was not counted while it was judged
-- ARGV[2]  free         failures without consequence
-- ARGV[3]  delay        milliseconds after the first one beyond; doubled with each further one
-- ARGV[4]  delayMax     milliseconds
-- ARGV[5]  memory       milliseconds after which all is forgotten, counted from the last failure
-- ARGV[6]  entryMillis  how long an entry waits to be carried to the log
-- ARGV[7…9]    id, content, seal of the audit entry of a lock
-- ARGV[10…12]  id, content, seal of the audit entry of the failure; left out when it has none
--
-- Returns  {"open", failures, left}     left is "1" when there are entries in audit, else "0"
--          {"locking", failures, left}  a lock begins
--
-- Atomic. A-20: the audit entries are part of the step.
local attempts, pending, audit = KEYS[1], KEYS[2], KEYS[3]
local id, free, delay, delay_max = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local memory, entry_ms = ARGV[5], ARGV[6]

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call("ZREM", pending, id)
local failures = redis.call("HINCRBY", attempts, "failures", 1)
redis.call("PEXPIRE", attempts, memory)
if ARGV[10] then
    redis.call("XADD", audit, "*", "id", ARGV[10], "content", ARGV[11], "seal", ARGV[12])
end

local outcome = "open"
if failures > free then
    -- Of an address several may fail at once: the lock that has begun becomes longer.
    if tonumber(redis.call("HGET", attempts, "lockedUntil") or "0") <= now then
        outcome = "locking"
        redis.call("XADD", audit, "*", "id", ARGV[7], "content", ARGV[8], "seal", ARGV[9])
    end
    -- Beyond 30 doublings every delay is the longest.
    local wait = math.min(delay * 2 ^ math.min(failures - free - 1, 30), delay_max)
    redis.call("HSET", attempts, "lockedUntil", string.format("%d", now + wait))
end
local left = redis.call("EXISTS", audit)
if left == 1 then
    redis.call("PEXPIRE", audit, entry_ms)
end
return { outcome, tostring(failures), tostring(left) }
