-- Forgets all of a second factor, and tells its owner if there was one to lose.
--
-- KEYS[1]  mfa     drover:{usr_x}:mfa, a hash (see MfaKeys)
-- KEYS[2]  audit   drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- KEYS[3]  outbox  drover:{usr_x}:outbox, a stream
-- KEYS[4]  letter  drover:{usr_x}:letter:<id>, a hash
-- ARGV[1…3]   id, content, seal of the audit entry
-- ARGV[4]     lifetime  milliseconds the letter waits
-- ARGV[5…7]   to, subject, text          of the letter
-- ARGV[8…11]  id, type, owner, payload   of the job that sends it
--
-- Returns  {"forgotten"}
--          {"absent"}     there was nothing; nothing was changed
--
-- Atomic; repeating it changes nothing. A-20: the audit entry is part of the step. A-10: a mail is owed from the step on that entails it.
local mfa, audit, outbox, letter = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local lifetime = ARGV[4]

local state = redis.call("HGET", mfa, "state")
if redis.call("DEL", mfa) == 0 then
    return { "absent" }
end
redis.call("XADD", audit, "*", "id", ARGV[1], "content", ARGV[2], "seal", ARGV[3])
if state == "active" then
    redis.call("HSET", letter, "to", ARGV[5], "subject", ARGV[6], "text", ARGV[7])
    redis.call("PEXPIRE", letter, lifetime)
    redis.call("XADD", outbox, "*", "kind", "job", "id", ARGV[8], "type", ARGV[9], "owner", ARGV[10], "payload", ARGV[11])
end
return { "forgotten" }
