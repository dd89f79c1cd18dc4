-- Enters a session that is about to be opened in its account's list, if the log-in still counts.
--
-- KEYS[1]  account   drover:{usr_x}:account, a hash
-- KEYS[2]  sessions  drover:{usr_x}:sessions, a sorted set: open sessions by the time they end at the latest, in milliseconds
-- ARGV[1]  epoch     of the account when the log-in was checked
-- ARGV[2]  sid       the session's id
-- ARGV[3]  lifetime  milliseconds it lives at most
-- ARGV[4]  max       sessions an account may have
--
-- Returns  {"enlisted", sid, sid, …}   with the oldest ones beyond max, which are to be closed; they stay in the list until they are
--          {"stale"}                   password or sessions were ended since the log-in was checked; nothing was changed
--
-- Atomic; repeating it does no harm. A-12: a session opened by an earlier password does not outlive it (sessionEpoch).
local account, sessions = KEYS[1], KEYS[2]
local epoch, sid, lifetime, max = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

if (redis.call("HGET", account, "sessionEpoch") or "0") ~= epoch then
    return { "stale" }
end
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call("ZREMRANGEBYSCORE", sessions, "-inf", string.format("%d", now))
redis.call("ZADD", sessions, "NX", string.format("%d", now + lifetime), sid)
redis.call("PEXPIRE", sessions, lifetime)
local surplus = redis.call("ZCARD", sessions) - max
local answer = { "enlisted" }
if surplus > 0 then
    for _, oldest in ipairs(redis.call("ZRANGE", sessions, 0, surplus - 1)) do
        answer[#answer + 1] = oldest
    end
end
return answer
