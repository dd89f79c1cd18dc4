-- Claims a handle for an account that is about to take it into use. One atomic step; repeating it changes nothing.
--
-- KEYS  1 claim  hash: owner, epoch (the owner's handle epoch when it claimed), claimedAt (ms)
-- ARGV  1 owner
--       2 the owner's handle epoch, as read before
-- Returns {'claimed'}                     it was free or already the owner's; a reservation's expiry is lifted
--         {'held', owner, epoch, ageMs}   another account has it, since ageMs; nothing is changed
-- Invariants: P-4 a handle has at most one owner.
local claim_key = KEYS[1]
local owner, epoch = ARGV[1], tonumber(ARGV[2])

local claim = redis.call('HMGET', claim_key, 'owner', 'epoch', 'claimedAt')
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

if claim[1] and claim[1] ~= owner then
    return { 'held', claim[1], claim[2], string.format('%.0f', now_ms - tonumber(claim[3])) }
end
-- The epoch never goes back: a slow attempt of the same owner must not make its newer claim look old. Nor does the time move on, or
-- claiming again and again would keep others from a handle that is never taken into use.
if claim[1] then
    epoch = math.max(epoch, tonumber(claim[2]))
    now_ms = tonumber(claim[3])
end
redis.call('HSET', claim_key, 'owner', owner, 'epoch', string.format('%.0f', epoch), 'claimedAt', string.format('%.0f', now_ms))
redis.call('PERSIST', claim_key)
return { 'claimed' }
