-- Gives a handle free, if it is still the account's. One atomic step; repeating it changes nothing.
--
-- KEYS  1 claim  hash: owner, epoch, claimedAt (ms)
-- ARGV  1 owner
-- Returns {'freed'} or {'kept'}, which is another's or nobody's
-- Invariants: P-4 a handle has at most one owner.
local claim_key = KEYS[1]
local owner = ARGV[1]

if redis.call('HGET', claim_key, 'owner') ~= owner then
    return { 'kept' }
end
redis.call('DEL', claim_key)
return { 'freed' }
