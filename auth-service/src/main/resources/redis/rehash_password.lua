-- Replaces the hash of a password by another of the same password.
--
-- KEYS[1]  account  drover:{usr_x}:account, a hash
-- ARGV[1]  from     the PHC string the password was checked against
-- ARGV[2]  to       the PHC string of the present cost
--
-- Returns  {"replaced"}
--          {"other"}     the password was changed since, or the account is gone; nothing was changed
--
-- Atomic; repeating it changes nothing.
local account = KEYS[1]
local from, to = ARGV[1], ARGV[2]

if redis.call("HGET", account, "passwordHash") ~= from then
    return { "other" }
end
redis.call("HSET", account, "passwordHash", to)
return { "replaced" }
