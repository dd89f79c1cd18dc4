-- Takes away all of an account that is in its slot; what is left elsewhere is named by a mark.
--
-- KEYS[1]  account       drover:{usr_x}:account, a hash
-- KEYS[2]  sessions      drover:{usr_x}:sessions, a sorted set: open sessions by the time they end at the latest
-- KEYS[3]  closing       drover:{usr_x}:closing, a hash: sessions that are to be revoked, with the reason
-- KEYS[4]  mfa           drover:{usr_x}:mfa, a hash
-- KEYS[5]  verification  drover:{usr_x}:verification, a string
-- KEYS[6]  reset         drover:{usr_x}:reset, a string
-- KEYS[7]  outbox        drover:{usr_x}:outbox, a stream: mail that was on its way is not sent
-- KEYS[8]  audit         drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- KEYS[9]  devices       drover:{usr_x}:devices, a sorted set
-- ARGV[1]  now       RFC 3339
-- ARGV[2]  markKept  milliseconds the mark stays
-- ARGV[3…5]  id, content, seal of the audit entry
--
-- Returns  {"erased"}  what is left of the account is erasedAt and, until that is given free, its address
--          {"absent"}  no such account, or erased before; nothing was changed
--
-- Atomic; repeating it changes nothing. A-23: an account is erased as a whole, or not at all; the mark keeps a sign-up that was left half-way
-- from bringing it back. A-20: the audit entry is part of the step, and those before it stay.
local account, sessions, closing, mfa = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local verification, reset, outbox, audit, devices = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local now, mark_kept = ARGV[1], ARGV[2]

local known = redis.call("HMGET", account, "passwordHash", "email", "sessionEpoch")
if not known[1] then
    return { "absent" }
end
for _, sid in ipairs(redis.call("ZRANGE", sessions, 0, -1)) do
    redis.call("HSET", closing, sid, "erased")
end
redis.call("DEL", account, sessions, mfa, verification, reset, outbox, devices)
redis.call("HSET", account, "erasedAt", now, "email", known[2], "sessionEpoch", tonumber(known[3] or "0") + 1)
redis.call("PEXPIRE", account, mark_kept)
redis.call("XADD", audit, "*", "id", ARGV[3], "content", ARGV[4], "seal", ARGV[5])
return { "erased" }
