-- Sets a new password by a token that was sent to the account's address, and ends all its sessions.
--
-- KEYS[1]  account   drover:{usr_x}:account, a hash
-- KEYS[2]  reset     drover:{usr_x}:reset, a string: the hash of the token
-- KEYS[3]  sessions  drover:{usr_x}:sessions, a sorted set: open sessions by the time they end at the latest
-- KEYS[4]  closing   drover:{usr_x}:closing, a hash: sessions that are to be revoked, with the reason
-- KEYS[5]  outbox    drover:{usr_x}:outbox, a stream
-- KEYS[6]  letter    drover:{usr_x}:letter:<id>, a hash
-- KEYS[7]  mark      drover:{usr_x}:write:<name>, a string: this request, by its Idempotency-Key, was carried out
-- KEYS[8]  audit     drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  tokenHash      of the token presented
-- ARGV[2]  passwordHash   a PHC string
-- ARGV[3]  lifetime       milliseconds the letter waits
-- ARGV[4…5]   subject, text              of the letter; it goes to the account's address
-- ARGV[6…9]   id, type, owner, payload   of the job that sends it
-- ARGV[10]    markLifetime               milliseconds; "0" for a request without key
-- ARGV[11…13] id, content, seal          of the audit entry
--
-- Returns  {"changed"}   with the address verified, since the token came by it; or this very request was carried out before
--          {"invalid"}   used, expired, replaced by a later one, or never given out; nothing was changed
--
-- Atomic. A-11: a token counts once. A-12: a session opened by an earlier password does not outlive it (sessionEpoch; closing). A-20: the audit
-- entry is part of the step.
local account, reset, sessions, closing = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local outbox, letter, mark, audit = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local token_hash, password_hash, lifetime = ARGV[1], ARGV[2], ARGV[3]
local mark_lifetime = ARGV[10]

if redis.call("EXISTS", mark) == 1 then
    return { "changed" }
end

local email = redis.call("HGET", account, "email")
if redis.call("GET", reset) ~= token_hash or not email then
    return { "invalid" }
end
redis.call("DEL", reset)
redis.call("HSET", account, "passwordHash", password_hash, "emailVerified", "true")
redis.call("HINCRBY", account, "version", 1)
redis.call("HINCRBY", account, "sessionEpoch", 1)
redis.call("XADD", audit, "*", "id", ARGV[11], "content", ARGV[12], "seal", ARGV[13])
for _, sid in ipairs(redis.call("ZRANGE", sessions, 0, -1)) do
    redis.call("HSET", closing, sid, "password_reset")
end
redis.call("DEL", sessions)
redis.call("HSET", letter, "to", email, "subject", ARGV[4], "text", ARGV[5])
redis.call("PEXPIRE", letter, lifetime)
redis.call("XADD", outbox, "*", "kind", "job", "id", ARGV[6], "type", ARGV[7], "owner", ARGV[8], "payload", ARGV[9])
if mark_lifetime ~= "0" then
    redis.call("SET", mark, "1", "PX", mark_lifetime)
end
return { "changed" }
