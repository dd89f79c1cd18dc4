-- Counts an attempt to prove something, before it is judged, and says whether it may succeed; or after it has failed.
--
-- KEYS[1]  attempts  drover:{lockout:<kind>:<hash>}:attempts, a hash of failures and lockedUntil (milliseconds)
-- ARGV[1]  free      failures without consequence
-- ARGV[2]  delay     milliseconds after the first one beyond; doubled with each further one
-- ARGV[3]  delayMax  milliseconds
-- ARGV[4]  memory    milliseconds after which all is forgotten, counted from the last attempt
--
-- Returns  {"open", failures}     it is judged; failures counts it already
--          {"locking", failures}  it is judged, and further ones will not be for a while, unless it succeeds
--          {"locked", millis}     it cannot succeed; millis are left; nothing was changed
--
-- Atomic. A-14: of attempts that are counted before they are judged, no more are judged at once than one after the other.
local attempts = KEYS[1]
local free, delay, delay_max, memory = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local locked_until = tonumber(redis.call("HGET", attempts, "lockedUntil") or "0")
if locked_until > now then
    return { "locked", string.format("%d", locked_until - now) }
end
local failures = redis.call("HINCRBY", attempts, "failures", 1)
redis.call("PEXPIRE", attempts, memory)
if failures <= free then
    return { "open", tostring(failures) }
end
-- Beyond 30 doublings every delay is the longest.
local wait = math.min(delay * 2 ^ math.min(failures - free - 1, 30), delay_max)
redis.call("HSET", attempts, "lockedUntil", string.format("%d", now + wait))
return { "locking", tostring(failures) }
