-- Makes a secret the active one, after a code of it was shown.
--
-- KEYS[1]  mfa  drover:{usr_x}:mfa, a hash (see MfaKeys)
-- KEYS[2]  audit  drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  secret  encrypted, as it was found there when the code was checked
-- ARGV[2]  step    of the code; it and all before it are spent
-- ARGV[3]  use     the request that confirms it; "" when that cannot be repeated
-- ARGV[4]  known   milliseconds a confirmation is known by its request
-- ARGV[5…7]  id, content, seal of the audit entry
-- ARGV[8…] hashes of the recovery codes
--
-- Returns  {"confirmed"}  now, or by this very request before
--          {"active"}     one is active already; nothing was changed
--          {"absent"}     that secret does not wait here: it was forgotten, or another is in its place; nothing was changed
--
-- Atomic. A-21: the code that confirmed a secret logs nobody in. A-20: the audit entry is part of the step.
local mfa, audit = KEYS[1], KEYS[2]
local secret, step, use, known_for = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call("HMGET", mfa, "state", "secret", "confirmedBy", "confirmedMillis")
if known[1] == "active" then
    if use ~= "" and known[3] == use and known[2] == secret and now - tonumber(known[4]) < known_for then
        return { "confirmed" }
    end
    return { "active" }
end
if known[2] ~= secret then
    return { "absent" }
end
redis.call("HSET", mfa, "state", "active", "lastStep", step)
if use ~= "" then
    redis.call("HSET", mfa, "confirmedBy", use, "confirmedMillis", string.format("%d", now))
end
for i = 8, #ARGV do
    redis.call("HSET", mfa, "recovery:" .. ARGV[i], "1")
end
redis.call("PERSIST", mfa)
redis.call("XADD", audit, "*", "id", ARGV[5], "content", ARGV[6], "seal", ARGV[7])
return { "confirmed" }
