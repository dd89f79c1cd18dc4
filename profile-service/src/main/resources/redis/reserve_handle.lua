-- Lets the claim on a handle that its owner has left expire after the reservation. Only tidies up: that others cannot have the handle
-- meanwhile is decided by the claim itself and by the owner's former handles. One atomic step; repeating it changes nothing.
--
-- KEYS  1 claim  hash: owner, epoch, claimedAt (ms)
-- ARGV  1 owner
--       2 the owner's handle epoch when it left the handle
--       3 reservation in ms
-- Returns {'reserved'}  the claim expires
--         {'kept'}      the owner has claimed it again since, or it is not the owner's; nothing is changed
-- Invariants: P-5 a profile's handle is claimed by its account.
local claim_key = KEYS[1]
local owner, epoch, reservation_ms = ARGV[1], tonumber(ARGV[2]), ARGV[3]

local claim = redis.call('HMGET', claim_key, 'owner', 'epoch')
if claim[1] ~= owner or tonumber(claim[2]) > epoch then
    return { 'kept' }
end
if redis.call('PTTL', claim_key) < 0 then
    redis.call('PEXPIRE', claim_key, reservation_ms)
end
return { 'reserved' }
