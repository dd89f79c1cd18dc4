-- Revokes a session: its entry stays as a tombstone, its refresh token goes.
--
-- KEYS[1]  session  drover:{ses_x}:session, a hash
-- KEYS[2]  refresh  drover:{ses_x}:refresh, a hash
-- ARGV[1]  now        RFC 3339
-- ARGV[2]  tombstone  milliseconds it is remembered at least; longer than any access token of it can live
--
-- Returns  {"revoked"}
--          {"already"}   it was revoked before; nothing was changed
--          {"absent"}    no such session, which every service refuses as well; nothing was changed
--
-- Atomic; repeating it changes nothing. A-4: a revoked session never lives again.
local session, refresh = KEYS[1], KEYS[2]
local now, tombstone = ARGV[1], tonumber(ARGV[2])

local known = redis.call("HMGET", session, "sub", "revokedAt")
if not known[1] then
    return { "absent" }
end
if known[2] then
    return { "already" }
end
redis.call("HSET", session, "revokedAt", now, "revokedBecause", "logout")
redis.call("PEXPIRE", session, math.max(redis.call("PTTL", session), tombstone))
redis.call("DEL", refresh)
return { "revoked" }
