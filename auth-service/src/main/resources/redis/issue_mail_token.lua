-- Gives an account a new single-use token of one kind, with the mail that carries it; an earlier one of the kind ends.
--
-- KEYS[1]  account   drover:{usr_x}:account, a hash
-- KEYS[2]  token     drover:{usr_x}:verification or :reset, a string: the hash of the token
-- KEYS[3]  outbox    drover:{usr_x}:outbox, a stream
-- KEYS[4]  letter    drover:{usr_x}:letter:<id>, a hash
-- KEYS[5]  mark      drover:{usr_x}:write:<name>, a string: this request, by its Idempotency-Key, was carried out
-- ARGV[1]  kind      verification or reset
-- ARGV[2]  tokenHash
-- ARGV[3]  lifetime  milliseconds the token counts and the letter waits
-- ARGV[4]  pause     milliseconds between two of the kind
-- ARGV[5…7]   to, subject, text          of the letter
-- ARGV[8…11]  id, type, owner, payload   of the job that sends it
-- ARGV[12]    markLifetime   milliseconds; "0" for a request without key
--
-- Returns  {"issued"}
--          {"known"}      this very request was carried out before; nothing was changed
--          {"recent"}     one of the kind was issued less than a pause ago; nothing was changed
--          {"verified"}   a verification, of an address that is verified; nothing was changed
--          {"absent"}     no such account, or it has another address by now; nothing was changed
--
-- Atomic. A-10: a mail is owed from the step on that entails it. A-11: a token counts once.
local account, token, outbox, letter, mark = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local kind, token_hash, lifetime, pause = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local mark_lifetime = ARGV[12]

local known = redis.call("HMGET", account, "email", "emailVerified")
if not known[1] or known[1] ~= ARGV[5] then
    return { "absent" }
end
if kind == "verification" and known[2] == "true" then
    return { "verified" }
end
if redis.call("EXISTS", mark) == 1 then
    return { "known" }
end
if redis.call("PTTL", token) > lifetime - pause then
    return { "recent" }
end
redis.call("SET", token, token_hash, "PX", lifetime)
redis.call("HSET", letter, "to", ARGV[5], "subject", ARGV[6], "text", ARGV[7])
redis.call("PEXPIRE", letter, lifetime)
redis.call("XADD", outbox, "*", "kind", "job", "id", ARGV[8], "type", ARGV[9], "owner", ARGV[10], "payload", ARGV[11])
if mark_lifetime ~= "0" then
    redis.call("SET", mark, "1", "PX", mark_lifetime)
end
return { "issued" }
