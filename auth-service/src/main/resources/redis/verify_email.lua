-- Takes a token that was sent to an address as the proof that the account's owner reads it.
--
-- KEYS[1]  account       drover:{usr_x}:account, a hash
-- KEYS[2]  verification  drover:{usr_x}:verification, a string: the hash of the token
-- KEYS[3]  mark          drover:{usr_x}:write:<name>, a string: this request, by its Idempotency-Key, was carried out
-- ARGV[1]  tokenHash     of the token presented
-- ARGV[2]  markLifetime  milliseconds; "0" for a request without key
--
-- Returns  {"verified"}   now, or by this very request before
--          {"invalid"}    used, expired, replaced by a later one, or never given out; nothing was changed
--
-- Atomic. A-11: a token counts once.
local account, verification, mark = KEYS[1], KEYS[2], KEYS[3]
local token_hash, mark_lifetime = ARGV[1], ARGV[2]

if redis.call("EXISTS", mark) == 1 then
    return { "verified" }
end
if redis.call("GET", verification) ~= token_hash or redis.call("EXISTS", account) == 0 then
    return { "invalid" }
end
redis.call("DEL", verification)
redis.call("HSET", account, "emailVerified", "true")
if mark_lifetime ~= "0" then
    redis.call("SET", mark, "1", "PX", mark_lifetime)
end
return { "verified" }
