-- Forgets all of a second factor.
--
-- KEYS[1]  mfa    drover:{usr_x}:mfa, a hash (see MfaKeys)
-- KEYS[2]  audit  drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1…3]  id, content, seal of the audit entry
--
-- Returns  {"forgotten"}
--          {"absent"}     there was nothing; nothing was changed
--
-- Atomic; repeating it changes nothing. A-20: the audit entry is part of the step.
local mfa, audit = KEYS[1], KEYS[2]

if redis.call("DEL", mfa) == 0 then
    return { "absent" }
end
redis.call("XADD", audit, "*", "id", ARGV[1], "content", ARGV[2], "seal", ARGV[3])
return { "forgotten" }
