-- Writes an account that a claim has decided on.
--
-- KEYS[1]  account  drover:{usr_x}:account, a hash
-- ARGV     field, value, field, value, … of the account
--
-- Returns  {"created"}   it was not there
--          {"present"}   it was, and stays as it is: it may have changed since
--
-- Atomic; repeating it changes nothing. A-2: an account is there as a whole or not at all.
local account = KEYS[1]

if redis.call("EXISTS", account) == 1 then
    return { "present" }
end
redis.call("HSET", account, unpack(ARGV))
return { "created" }
