-- Writes an account that a claim has decided on, with the token that verifies its address and the mail that carries it.
--
-- KEYS[1]  account       drover:{usr_x}:account, a hash
-- KEYS[2]  verification  drover:{usr_x}:verification, a string: the hash of the token
-- KEYS[3]  outbox        drover:{usr_x}:outbox, a stream
-- KEYS[4]  letter        drover:{usr_x}:letter:<id>, a hash
-- KEYS[5]  audit         drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  tokenHash     "" when the address is verified already: then there is neither token nor mail
-- ARGV[2]  lifetime      milliseconds the token counts and the letter waits
-- ARGV[3…5]  to, subject, text             of the letter
-- ARGV[6…9]  id, type, owner, payload      of the job that sends it
-- ARGV[10…12] id, content, seal           of the audit entry
-- ARGV[13…] field, value, field, value, … of the account
--
-- Returns  {"created"}   it was not there
--          {"present"}   it was, and stays as it is: it may have changed since
--
-- Atomic; repeating it changes nothing. A-2: an account is there as a whole or not at all. A-10: a mail is owed from the step on that entails it. A-20: so is the audit entry.
local account, verification, outbox, letter, audit = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local token_hash, lifetime = ARGV[1], ARGV[2]

if redis.call("EXISTS", account) == 1 then
    return { "present" }
end
redis.call("HSET", account, unpack(ARGV, 13))
redis.call("XADD", audit, "*", "id", ARGV[10], "content", ARGV[11], "seal", ARGV[12])
if token_hash ~= "" then
    redis.call("SET", verification, token_hash, "PX", lifetime)
    redis.call("HSET", letter, "to", ARGV[3], "subject", ARGV[4], "text", ARGV[5])
    redis.call("PEXPIRE", letter, lifetime)
    redis.call("XADD", outbox, "*", "kind", "job", "id", ARGV[6], "type", ARGV[7], "owner", ARGV[8], "payload", ARGV[9])
end
return { "created" }
