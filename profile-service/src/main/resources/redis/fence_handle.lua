-- Asks the holder of a handle's claim whether the handle is in use, and if not, makes sure that no write of the holder which is under way
-- can still take it into use. Someone else may take the claim over after that. One atomic step on the holder's side.
--
-- KEYS  1 profile         hash of the holder
--       2 former handles  zset of the holder: handle -> when it was left (ms)
-- ARGV  1 handle
--       2 reservation in ms
-- Returns {'named'}              the holder's profile has this handle; nothing is changed
--         {'reserved', untilMs}  the holder left it within the reservation; nothing is changed
--         {'fenced', epoch}      claims of the holder of this epoch or an older one are void
-- Invariants: P-5 a profile's handle is claimed by its account, P-6 reservation.
local profile_key, former_key = KEYS[1], KEYS[2]
local handle, reservation_ms = ARGV[1], tonumber(ARGV[2])

if redis.call('HGET', profile_key, 'handle') == handle then
    return { 'named' }
end

local left_ms = redis.call('ZSCORE', former_key, handle)
if left_ms then
    local time = redis.call('TIME')
    local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
    local until_ms = tonumber(left_ms) + reservation_ms
    if until_ms > now_ms then
        return { 'reserved', string.format('%.0f', until_ms) }
    end
end

local next_epoch = redis.call('HINCRBY', profile_key, 'handleEpoch', 1)
return { 'fenced', string.format('%.0f', next_epoch - 1) }
