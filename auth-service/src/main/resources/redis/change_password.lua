-- Sets a new password in the place of the one its owner has just given, and ends all their other sessions.
--
-- KEYS[1]  account   drover:{usr_x}:account, a hash
-- KEYS[2]  reset     drover:{usr_x}:reset, a string: a token that was on its way ends
-- KEYS[3]  sessions  drover:{usr_x}:sessions, a sorted set: open sessions by the time they end at the latest
-- KEYS[4]  closing   drover:{usr_x}:closing, a hash: sessions that are to be revoked, with the reason
-- KEYS[5]  outbox    drover:{usr_x}:outbox, a stream
-- KEYS[6]  letter    drover:{usr_x}:letter:<id>, a hash
-- KEYS[7]  mark      drover:{usr_x}:write:<name>, a string: this request, by its Idempotency-Key, was carried out
-- KEYS[8]  audit     drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  epoch          of the account when the present password was checked
-- ARGV[2]  passwordHash   a PHC string
-- ARGV[3]  lifetime       milliseconds the letter waits
-- ARGV[4…5]   subject, text              of the letter; it goes to the account's address
-- ARGV[6…9]   id, type, owner, payload   of the job that sends it
-- ARGV[10]    sid                        the session that stays
-- ARGV[11]    markLifetime               milliseconds; "0" for a request without key
-- ARGV[12…14] id, content, seal          of the audit entry
--
-- Returns  {"changed"}   now, or by this very request before
--          {"stale"}     the password was changed or the sessions were ended since it was checked; nothing was changed
--
-- Atomic. A-12: a session opened by an earlier password does not outlive it (sessionEpoch; closing). A-20: the audit
-- entry is part of the step.
local account, reset, sessions, closing = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local outbox, letter, mark, audit = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local epoch, password_hash, lifetime = ARGV[1], ARGV[2], ARGV[3]
local sid_kept, mark_lifetime = ARGV[10], ARGV[11]

if redis.call("EXISTS", mark) == 1 then
    return { "changed" }
end
local known = redis.call("HMGET", account, "email", "sessionEpoch")
if not known[1] or (known[2] or "0") ~= epoch then
    return { "stale" }
end
redis.call("DEL", reset)
redis.call("HSET", account, "passwordHash", password_hash)
redis.call("HINCRBY", account, "sessionEpoch", 1)
redis.call("XADD", audit, "*", "id", ARGV[12], "content", ARGV[13], "seal", ARGV[14])
for _, sid in ipairs(redis.call("ZRANGE", sessions, 0, -1)) do
    if sid ~= sid_kept then
        redis.call("HSET", closing, sid, "password_changed")
        redis.call("ZREM", sessions, sid)
    end
end
redis.call("HSET", letter, "to", known[1], "subject", ARGV[4], "text", ARGV[5])
redis.call("PEXPIRE", letter, lifetime)
redis.call("XADD", outbox, "*", "kind", "job", "id", ARGV[6], "type", ARGV[7], "owner", ARGV[8], "payload", ARGV[9])
if mark_lifetime ~= "0" then
    redis.call("SET", mark, "1", "PX", mark_lifetime)
end
return { "changed" }
