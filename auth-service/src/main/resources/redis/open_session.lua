-- Opens a session with its refresh token, unless one of its id is there.
--
-- KEYS[1]  session  drover:{ses_x}:session, a hash (see SessionKeys)
-- KEYS[2]  refresh  drover:{ses_x}:refresh, a hash
-- ARGV[1]  sub            the account's id
-- ARGV[2]  email          its address at log-in
-- ARGV[3]  roles          comma-separated
-- ARGV[4]  createdAt      RFC 3339
-- ARGV[5]  nonce          what repeatable secrets follow from; "" when they are random
-- ARGV[6]  secretHash     of the cookie's secret
-- ARGV[7]  familyHash     of the part all refresh tokens of the session share
-- ARGV[8]  refreshHash    of the first refresh token
-- ARGV[9]  lifetime       milliseconds from now and from each refresh
-- ARGV[10] maxLifetime    milliseconds from now in any case
-- ARGV[11] device         for people
-- ARGV[12] address        of the client, for people
--
-- Returns  {"opened"}
--          {"present", nonce, secretHash}   of the live session of this id; nothing was changed
--          {"revoked"}                      a session of this id was revoked; nothing was changed
--
-- Atomic. A-4: a revoked session never lives again.
local session, refresh = KEYS[1], KEYS[2]
local sub, email, roles, created_at = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local nonce, secret_hash, family_hash, refresh_hash = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
local lifetime, max_lifetime = tonumber(ARGV[9]), tonumber(ARGV[10])
local device, address = ARGV[11], ARGV[12]

local known = redis.call("HMGET", session, "nonce", "secretHash", "revokedAt")
if known[3] then
    return { "revoked" }
end
if known[2] then
    return { "present", known[1], known[2] }
end

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call("HSET", session,
    "sub", sub, "email", email, "roles", roles, "createdAt", created_at,
    "lastUsedAt", created_at, "device", device, "address", address,
    "nonce", nonce, "secretHash", secret_hash,
    "endsAtMillis", string.format("%d", now + max_lifetime))
redis.call("PEXPIRE", session, lifetime)
redis.call("HSET", refresh, "familyHash", family_hash, "currentHash", refresh_hash)
redis.call("PEXPIRE", refresh, lifetime)
return { "opened" }
