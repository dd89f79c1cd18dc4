-- Puts new recovery codes in the place of all that are left, and tells their owner.
--
-- KEYS[1]  mfa     drover:{usr_x}:mfa, a hash (see MfaKeys)
-- KEYS[2]  audit   drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- KEYS[3]  outbox  drover:{usr_x}:outbox, a stream
-- KEYS[4]  letter  drover:{usr_x}:letter:<id>, a hash
-- ARGV[1]     secret    encrypted, as it was found there when a code of it was spent
-- ARGV[2…4]   id, content, seal of the audit entry
-- ARGV[5]     lifetime  milliseconds the letter waits
-- ARGV[6…8]   to, subject, text          of the letter
-- ARGV[9…12]  id, type, owner, payload   of the job that sends it
-- ARGV[13…]   hashes of the codes
--
-- Returns  {"renewed"}
--          {"absent"}   that secret is not the active one, or not any more; nothing was changed
--
-- Atomic. A-21: of codes that were replaced none counts. A-20: the audit entry is part of the step. A-10: a mail is owed from the step on that
-- entails it.
local mfa, audit, outbox, letter = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local secret, lifetime = ARGV[1], ARGV[5]
local first_code = 13

local known = redis.call("HMGET", mfa, "state", "secret")
if known[1] ~= "active" or known[2] ~= secret then
    return { "absent" }
end
for _, field in ipairs(redis.call("HKEYS", mfa)) do
    if string.sub(field, 1, 9) == "recovery:" then
        redis.call("HDEL", mfa, field)
    end
end
for i = first_code, #ARGV do
    redis.call("HSET", mfa, "recovery:" .. ARGV[i], "1")
end
redis.call("XADD", audit, "*", "id", ARGV[2], "content", ARGV[3], "seal", ARGV[4])
redis.call("HSET", letter, "to", ARGV[6], "subject", ARGV[7], "text", ARGV[8])
redis.call("PEXPIRE", letter, lifetime)
redis.call("XADD", outbox, "*", "kind", "job", "id", ARGV[9], "type", ARGV[10], "owner", ARGV[11], "payload", ARGV[12])
return { "renewed" }
