-- Puts new recovery codes in the place of all that are left.
--
-- KEYS[1]  mfa    drover:{usr_x}:mfa, a hash (see MfaKeys)
-- KEYS[2]  audit  drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  secret     encrypted, as it was found there when a code of it was spent
-- ARGV[2…4]  id, content, seal of the audit entry
-- ARGV[5…]  hashes of the codes
--
-- Returns  {"renewed"}
--          {"absent"}   that secret is not the active one, or not any more; nothing was changed
--
-- Atomic. A-21: of codes that were replaced none counts. A-20: the audit entry is part of the step.
local mfa, audit = KEYS[1], KEYS[2]
local secret = ARGV[1]

local known = redis.call("HMGET", mfa, "state", "secret")
if known[1] ~= "active" or known[2] ~= secret then
    return { "absent" }
end
for _, field in ipairs(redis.call("HKEYS", mfa)) do
    if string.sub(field, 1, 9) == "recovery:" then
        redis.call("HDEL", mfa, field)
    end
end
for i = 5, #ARGV do
    redis.call("HSET", mfa, "recovery:" .. ARGV[i], "1")
end
redis.call("XADD", audit, "*", "id", ARGV[2], "content", ARGV[3], "seal", ARGV[4])
return { "renewed" }
