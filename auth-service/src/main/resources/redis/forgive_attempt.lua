-- Takes back an attempt that could not be judged; the failures before it stay.
--
-- KEYS[1]  attempts  drover:{lockout:<kind>:<hash>}:attempts, a hash of failures and lockedUntil
-- ARGV[1]  locking   "1": this attempt was the one that locked, so the lock goes with it; "0": it was not
--
-- Returns  {"forgiven"}
--
-- Atomic.
local attempts = KEYS[1]
local locking = ARGV[1]

if redis.call("EXISTS", attempts) == 1 then
    redis.call("HINCRBY", attempts, "failures", -1)
    if locking == "1" then
        redis.call("HDEL", attempts, "lockedUntil")
    end
end
return { "forgiven" }
