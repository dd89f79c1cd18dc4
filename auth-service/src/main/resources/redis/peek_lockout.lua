-- Says whether attempts of a subject can succeed at this moment.
--
-- KEYS[1]  attempts  drover:{lockout:<kind>:<hash>}:attempts, a hash of failures and lockedUntil (milliseconds)
--
-- Returns  {"open"}
--          {"locked", millis}  millis are left
--
-- Changes nothing.
local attempts = KEYS[1]

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local locked_until = tonumber(redis.call("HGET", attempts, "lockedUntil") or "0")
if locked_until > now then
    return { "locked", string.format("%d", locked_until - now) }
end
return { "open" }
