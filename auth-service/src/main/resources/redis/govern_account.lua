-- Locks or unlocks an account, or gives it other roles, and ends its sessions where they must not go on as they are.
--
-- KEYS[1]  account   drover:{usr_x}:account, a hash
-- KEYS[2]  sessions  drover:{usr_x}:sessions, a sorted set: open sessions by the time they end at the latest
-- KEYS[3]  closing   drover:{usr_x}:closing, a hash: sessions that are to be revoked, with the reason
-- KEYS[4]  audit     drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  change  "lock", "unlock" or "roles"
-- ARGV[2]  value   lock: the time, RFC 3339; roles: comma-separated, sorted
-- ARGV[3…5]  id, content, seal of the audit entry
-- ARGV[6]  expected  the version the account must have; "" for any
--
-- Returns  {"changed"}    after lock and roles every session known is in closing
--          {"unchanged"}  it was so before
--          {"absent"}     no such account
--          {"moved", version}  it has another version than expected; nothing was changed
--
-- Atomic; repeating it changes nothing. A-22: a locked account opens no session, and none has roles its account has no longer (sessionEpoch;
-- closing). A-20: the audit entry is part of the step.
local account, sessions, closing, audit = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local change, value = ARGV[1], ARGV[2]

local known = redis.call("HMGET", account, "passwordHash", "lockedAt", "roles", "version")
if not known[1] then
    return { "absent" }
end
local version = known[4] or "0"
if ARGV[6] ~= "" and ARGV[6] ~= version then
    return { "moved", version }
end
if change == "unlock" then
    if redis.call("HDEL", account, "lockedAt") == 0 then
        return { "unchanged" }
    end
    redis.call("HINCRBY", account, "version", 1)
    redis.call("XADD", audit, "*", "id", ARGV[3], "content", ARGV[4], "seal", ARGV[5])
    return { "changed" }
end
if change == "lock" then
    if known[2] then
        return { "unchanged" }
    end
    redis.call("HSET", account, "lockedAt", value)
else
    if known[3] == value then
        return { "unchanged" }
    end
    redis.call("HSET", account, "roles", value)
end
redis.call("HINCRBY", account, "version", 1)
redis.call("HINCRBY", account, "sessionEpoch", 1)
for _, sid in ipairs(redis.call("ZRANGE", sessions, 0, -1)) do
    redis.call("HSET", closing, sid, change == "lock" and "account_locked" or "roles_changed")
end
redis.call("DEL", sessions)
redis.call("XADD", audit, "*", "id", ARGV[3], "content", ARGV[4], "seal", ARGV[5])
return { "changed" }
