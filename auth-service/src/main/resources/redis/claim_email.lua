-- Claims an e-mail address for an account, with the account itself in the claim until it stands in its own place.
--
-- KEYS[1]  claim    drover:{email:<address>}:claim, a hash
-- ARGV[1]  sub      the account's id
-- ARGV[2]  pending  the account as JSON
--
-- Returns  {"claimed"}                  the address is sub's; the sign-up is decided
--          {"held", holder, pending}    somebody (perhaps sub itself) has it; pending is "" once that account is in place
--
-- Atomic; repeating it changes nothing. A-1: an address has at most one holder, and the first stays.
local claim = KEYS[1]
local sub, pending = ARGV[1], ARGV[2]

local holder = redis.call("HGET", claim, "sub")
if holder then
    return { "held", holder, redis.call("HGET", claim, "pending") or "" }
end
redis.call("HSET", claim, "sub", sub, "pending", pending)
return { "claimed" }
