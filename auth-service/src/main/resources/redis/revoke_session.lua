-- Revokes a session: its entry stays as a tombstone without what tells of a person, its refresh token goes.
--
-- KEYS[1]  session  drover:{ses_x}:session, a hash
-- KEYS[2]  refresh  drover:{ses_x}:refresh, a hash
-- ARGV[1]  now        RFC 3339
-- ARGV[2]  tombstone  milliseconds it is remembered at least; longer than any access token of it can live
-- ARGV[3]  because    the reason
-- ARGV[4]  sub        the account it must be of; "" for whoever has it, or had
-- ARGV[5]  ahead      "1": also one that is not there gets a tombstone, since a log-in may be about to open it
-- ARGV[6]  channel    is told the session's id
-- ARGV[7]  id         of the session
--
-- Returns  {"revoked"}
--          {"already"}   it was revoked before; nothing was changed
--          {"absent"}    no such session, or another's, which every service refuses as well; nothing was changed unless ahead
--
-- Atomic; repeating it changes nothing. A-4: a revoked session never lives again.
local session, refresh = KEYS[1], KEYS[2]
local now, tombstone, because, sub, ahead = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]

local known = redis.call("HMGET", session, "sub", "revokedAt")
if known[2] and (sub == "" or known[1] == sub) then
    return { "already" }
end
if not known[1] or (sub ~= "" and known[1] ~= sub) then
    if ahead == "1" and not known[1] then
        redis.call("HSET", session, "revokedAt", now, "revokedBecause", because)
        redis.call("PEXPIRE", session, tombstone)
    end
    return { "absent" }
end
redis.call("HSET", session, "revokedAt", now, "revokedBecause", because)
redis.call("HDEL", session, "email", "device", "address")
redis.call("PEXPIRE", session, math.max(redis.call("PTTL", session), tombstone))
redis.call("DEL", refresh)
redis.call("PUBLISH", ARGV[6], ARGV[7])
return { "revoked" }
