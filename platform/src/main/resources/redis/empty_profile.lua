-- Takes everything of a profile but its handles, which are given free one by one after, and the epoch that fences whoever is still writing it.
-- One atomic step; repeating it gives the handles again.
--
-- KEYS  1 profile         hash: version, handle, displayName, bio, avatar, preferences, updatedAt, handleEpoch
--       2 former handles  zset: handle -> when it was left (ms)
--       3 card            the cached public card
-- Returns {handle, ...}  the handles the account has claimed
-- Invariants: P-5 a profile's handle is claimed by its account: it shows none from here on. P-11 erasure.
local profile_key, former_key, card_key = KEYS[1], KEYS[2], KEYS[3]

local state = redis.call('HMGET', profile_key, 'handle', 'handleEpoch')
if state[1] and string.sub(state[1], 1, 4) ~= 'usr_' then
    redis.call('ZADD', former_key, 0, state[1])
end
local epoch = tonumber(state[2] or '0') + 1
redis.call('DEL', profile_key, card_key)
redis.call('HSET', profile_key, 'handleEpoch', string.format('%.0f', epoch))
return redis.call('ZRANGE', former_key, 0, -1)
