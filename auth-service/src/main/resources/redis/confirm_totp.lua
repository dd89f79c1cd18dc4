-- Makes a secret the active one, after a code of it was shown.
--
-- KEYS[1]  mfa  drover:{usr_x}:mfa, a hash (see MfaKeys)
-- ARGV[1]  secret  encrypted, as it was found there when the code was checked
-- ARGV[2]  step    of the code; it and all before it are spent
-- ARGV[3…] hashes of the recovery codes
--
-- Returns  {"confirmed"}
--          {"active"}     one is active already; nothing was changed
--          {"absent"}     that secret does not wait here: it was forgotten, or another is in its place; nothing was changed
--
-- Atomic. A-21: the code that confirmed a secret logs nobody in.
local mfa = KEYS[1]
local secret, step = ARGV[1], ARGV[2]

local known = redis.call("HMGET", mfa, "state", "secret")
if known[1] == "active" then
    return { "active" }
end
if known[2] ~= secret then
    return { "absent" }
end
redis.call("HSET", mfa, "state", "active", "lastStep", step)
for i = 3, #ARGV do
    redis.call("HSET", mfa, "recovery:" .. ARGV[i], "1")
end
redis.call("PERSIST", mfa)
return { "confirmed" }
