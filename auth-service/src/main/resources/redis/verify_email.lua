-- Takes a token that was sent to an address as the proof that the account's owner reads it.
--
-- KEYS[1]  account       drover:{usr_x}:account, a hash
-- KEYS[2]  verification  drover:{usr_x}:verification, a string: the hash of the token
-- KEYS[3]  mark          drover:{usr_x}:write:<name>, a string: this request, by its Idempotency-Key, was carried out
-- KEYS[4]  audit         drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  tokenHash     of the token presented
-- ARGV[2]  markLifetime  milliseconds; "0" for a request without key
-- ARGV[3…5]   id, content, seal of the audit entry
--
-- Returns  {"verified"}   now, or by this very request before
--          {"invalid"}    used, expired, replaced by a later one, or never given out; nothing was changed
--
-- Atomic. A-11: a token counts once. A-20: the audit entry is part of the step.
local account, verification, mark, audit = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local token_hash, mark_lifetime = ARGV[1], ARGV[2]

if redis.call("EXISTS", mark) == 1 then
    return { "verified" }
end
if redis.call("GET", verification) ~= token_hash or redis.call("EXISTS", account) == 0 then
    return { "invalid" }
end
redis.call("DEL", verification)
redis.call("HSET", account, "emailVerified", "true")
redis.call("HINCRBY", account, "version", 1)
redis.call("XADD", audit, "*", "id", ARGV[3], "content", ARGV[4], "seal", ARGV[5])
if mark_lifetime ~= "0" then
    redis.call("SET", mark, "1", "PX", mark_lifetime)
end
return { "verified" }
