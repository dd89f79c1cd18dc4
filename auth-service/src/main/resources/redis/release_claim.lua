-- Gives an e-mail address free.
--
-- KEYS[1]  claim  drover:{email:<address>}:claim, a hash
-- ARGV[1]  sub    the id of the account that is erased
--
-- Returns  {"released"}  anybody may claim it
--          {"other"}     it was not sub's; nothing was changed
--
-- Atomic; repeating it changes nothing.
local claim = KEYS[1]
local sub = ARGV[1]

if redis.call("HGET", claim, "sub") ~= sub then
    return { "other" }
end
redis.call("DEL", claim)
return { "released" }
