-- Writes down that a session was used.
--
-- KEYS[1]  session  drover:{ses_x}:session, a hash
-- ARGV[1]  now      RFC 3339
--
-- Returns  {"noted"}
--          {"ended"}   it has expired meanwhile, or was revoked; nothing was changed
--
-- Atomic; repeating it does no harm. A session that has ended is not brought back.
local session = KEYS[1]
local now = ARGV[1]

local known = redis.call("HMGET", session, "sub", "revokedAt")
if not known[1] or known[2] then
    return { "ended" }
end
redis.call("HSET", session, "lastUsedAt", now)
return { "noted" }
