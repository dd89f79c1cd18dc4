-- Ends all sessions of an account, also those a log-in that is under way would open.
--
-- KEYS[1]  account   drover:{usr_x}:account, a hash
-- KEYS[2]  sessions  drover:{usr_x}:sessions, a sorted set: open sessions by the time they end at the latest
-- KEYS[3]  closing   drover:{usr_x}:closing, a hash: sessions that are to be revoked, with the reason
-- KEYS[4]  audit     drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  because   the reason
-- ARGV[2…4]  id, content, seal of the audit entry
--
-- Returns  {"closing"}   every session known is in closing now
--          {"absent"}    no such account; nothing was changed
--
-- Atomic; repeating it does no harm. A-12: a session opened before it does not outlive it (sessionEpoch; closing). A-20: the
-- audit entry is part of the step.
local account, sessions, closing, audit = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local because = ARGV[1]

if redis.call("EXISTS", account) == 0 then
    return { "absent" }
end
redis.call("HINCRBY", account, "sessionEpoch", 1)
for _, sid in ipairs(redis.call("ZRANGE", sessions, 0, -1)) do
    redis.call("HSET", closing, sid, because)
end
redis.call("DEL", sessions)
redis.call("XADD", audit, "*", "id", ARGV[2], "content", ARGV[3], "seal", ARGV[4])
return { "closing" }
