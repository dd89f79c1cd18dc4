-- Puts a secret there that has yet to be confirmed.
--
-- KEYS[1]  mfa  drover:{usr_x}:mfa, a hash (see MfaKeys)
-- ARGV[1]  secret         encrypted
-- ARGV[2]  confirmWithin  milliseconds until it is forgotten
--
-- Returns  {"enrolled"}  it waits for its confirmation; an earlier one that did is gone
--          {"active"}    there is a confirmed one; nothing was changed
--
-- Atomic; repeating it only prolongs the time.
local mfa = KEYS[1]
local secret, confirm_within = ARGV[1], ARGV[2]

if redis.call("HGET", mfa, "state") == "active" then
    return { "active" }
end
redis.call("HSET", mfa, "state", "pending", "secret", secret)
redis.call("PEXPIRE", mfa, confirm_within)
return { "enrolled" }
