-- Takes a handle over from a holder that was fenced (fence_handle) and so cannot take it into use any more. One atomic step.
--
-- KEYS  1 claim  hash: owner, epoch, claimedAt (ms)
-- ARGV  1 the fenced holder
--       2 the epoch up to which the holder's claims are void
--       3 new owner
--       4 the new owner's handle epoch, as read before
-- Returns {'claimed'}  the new owner has it, also when it already had
--         {'held'}     another account has it, or the holder claimed it again since; nothing is changed
-- Invariants: P-4 a handle has at most one owner, P-5 a profile's handle is claimed by its account.
local claim_key = KEYS[1]
local holder, void_epoch = ARGV[1], tonumber(ARGV[2])
local owner, epoch = ARGV[3], ARGV[4]

local claim = redis.call('HMGET', claim_key, 'owner', 'epoch')
if claim[1] == owner then
    redis.call('PERSIST', claim_key)
    return { 'claimed' }
end
if claim[1] and (claim[1] ~= holder or tonumber(claim[2]) > void_epoch) then
    return { 'held' }
end
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', claim_key, 'owner', owner, 'epoch', epoch, 'claimedAt', string.format('%.0f', now_ms))
redis.call('PERSIST', claim_key)
return { 'claimed' }
