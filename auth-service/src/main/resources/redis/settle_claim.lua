-- Takes the account out of a claim once it stands in its own place.
--
-- KEYS[1]  claim  drover:{email:<address>}:claim, a hash
-- ARGV[1]  sub    the account's id
--
-- Returns  {"settled"}   the claim is sub's and carries nothing any more
--          {"other"}     the claim is not sub's; nothing was changed
--
-- Atomic; repeating it changes nothing.
local claim = KEYS[1]
local sub = ARGV[1]

if redis.call("HGET", claim, "sub") ~= sub then
    return { "other" }
end
redis.call("HDEL", claim, "pending")
return { "settled" }
