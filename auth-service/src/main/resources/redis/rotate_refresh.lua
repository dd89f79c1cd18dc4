-- Trades a refresh token for its successor, or finds that it was traded before.
--
-- KEYS[1]  session  drover:{ses_x}:session, a hash
-- KEYS[2]  refresh  drover:{ses_x}:refresh, a hash
-- KEYS[3]  grace    drover:{ses_x}:refresh-grace:<presentedHash>, a string: the salt of the trade, while the grace lasts
-- KEYS[4]  audit    drover:{ses_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  familyHash     of the token presented
-- ARGV[2]  presentedHash  of its secret
-- ARGV[3]  successorHash  of the secret that follows from it by salt
-- ARGV[4]  salt
-- ARGV[5]  now            RFC 3339, for the last use or a tombstone
-- ARGV[6]  graceMillis    how long the same successor is given again
-- ARGV[7]  lifetime       milliseconds the session lives from now
-- ARGV[8]  tombstone      milliseconds a revoked session is remembered, at least
-- ARGV[9]  askedAt        when the request came, by Redis's clock, in milliseconds
-- ARGV[10] within         milliseconds after which nobody waits for it any more; less than the grace
-- ARGV[11…13]             id, content, seal of the audit entry of a replay
-- ARGV[14] entryMillis    how long that entry waits to be carried to the log
-- ARGV[15] channel        is told the session's id when it is revoked
-- ARGV[16] id             of the session
--
-- Returns  {"rotated", sub, roles}          it was the current one; the successor by this salt now is
--          {"repeated", sub, roles, salt}   it was traded within the grace, with that salt
--          {"reused"}                       it was traded before that: the session is revoked, by this call or an earlier such one
--          {"expired"}                      no such session, closed, or not a token of it; nothing was changed
--          {"late"}                         the request is older than within; nothing was changed
--
-- Atomic. A-5: a token has exactly one successor. A-6: after a replay no token of the family is traded, ever. A-20: the audit entry is part
-- of the step. A-25: a request that was held up, by a process that was stopped say, is not taken for a replay of the repeat that overtook it.
local session, refresh, grace, audit = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local family_hash, presented_hash, successor_hash, salt = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now, grace_ms, lifetime, tombstone = ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local asked_at, within = tonumber(ARGV[9]), tonumber(ARGV[10])

local known = redis.call("HMGET", session, "sub", "roles", "revokedAt", "revokedBecause", "endsAtMillis")
local sub, roles, revoked_at, revoked_because, ends_at = known[1], known[2], known[3], known[4], known[5]
if revoked_at then
    return { revoked_because == "refresh_reused" and "reused" or "expired" }
end

-- Without the family's part it is no token we ever gave out, and must not harm the session.
local state = redis.call("HMGET", refresh, "familyHash", "currentHash")
if not sub or not state[1] or state[1] ~= family_hash then
    return { "expired" }
end

local time = redis.call("TIME")
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
if now_ms - asked_at > within then
    return { "late" }
end

if state[2] == presented_hash then
    redis.call("HSET", refresh, "currentHash", successor_hash)
    redis.call("SET", grace, salt, "PX", grace_ms)
    redis.call("HSET", session, "lastUsedAt", now)
    local remaining = math.min(lifetime, tonumber(ends_at) - now_ms)
    if remaining > redis.call("PTTL", session) then
        redis.call("PEXPIRE", session, remaining)
        redis.call("PEXPIRE", refresh, remaining)
    end
    return { "rotated", sub, roles }
end

local earlier_salt = redis.call("GET", grace)
if earlier_salt then
    return { "repeated", sub, roles, earlier_salt }
end

redis.call("HSET", session, "revokedAt", now, "revokedBecause", "refresh_reused")
redis.call("HDEL", session, "email", "device", "address")
redis.call("PEXPIRE", session, math.max(redis.call("PTTL", session), tombstone))
redis.call("DEL", refresh)
redis.call("XADD", audit, "*", "id", ARGV[11], "content", ARGV[12], "seal", ARGV[13])
redis.call("PEXPIRE", audit, ARGV[14])
redis.call("PUBLISH", ARGV[15], ARGV[16])
return { "reused" }
