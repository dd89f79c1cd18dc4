-- Replaces the content of a profile, if it is still at the version the writer read. One atomic step.
--
-- KEYS  1 profile         hash: version, handle, displayName, bio, avatar, preferences, updatedAt (ms), handleEpoch
--       2 former handles  zset: handle -> when it was left (ms)
--       3 card            the cached public card, which ends with the write
--       4 write record    string, only when the request carried an Idempotency-Key
-- ARGV  1 version the writer read; 0 = never written
--       2 handle epoch the writer read; '' = this write does not change the handle
--       3 handle that is left and must be reserved for its owner; '' = none
--       4 reservation in ms
--       5 most handles one account may have reserved at a time
--       6 digest of the request
--       7 how long the write record is kept, in ms
--       8 .. field, value, field, value: the new content; must include handle
-- Returns {'written', version, updatedAt}
--         {'repeated'}              this very request was carried out before; nothing is changed
--         {'reused'}                its Idempotency-Key named another request; nothing is changed
--         {'stale', version}        another write came first; nothing is changed
--         {'fenced'}                the claim on the new handle may have been taken over; read, claim and try again
--         {'exhausted', retryMs}    too many reserved handles; nothing is changed
-- Invariants: P-1 no lost update, P-2 versions grow by one, P-3 a repeat is not a second write, P-5, P-6 and P-7 handles, P-2 no card of before is cached after.
local profile_key, former_key, card_key, record_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local expected_version = tonumber(ARGV[1])
local epoch_read, handle_left = ARGV[2], ARGV[3]
local reservation_ms, reserved_max = tonumber(ARGV[4]), tonumber(ARGV[5])
local digest, record_ms = ARGV[6], ARGV[7]
local content = {}
local handle
for i = 8, #ARGV, 2 do
    content[#content + 1] = ARGV[i]
    content[#content + 1] = ARGV[i + 1]
    if ARGV[i] == 'handle' then
        handle = ARGV[i + 1]
    end
end

if record_key then
    local recorded = redis.call('GET', record_key)
    if recorded then
        return { recorded == digest and 'repeated' or 'reused' }
    end
end

local state = redis.call('HMGET', profile_key, 'version', 'handleEpoch')
local version = tonumber(state[1] or '0')
if version ~= expected_version then
    return { 'stale', string.format('%.0f', version) }
end

local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

if epoch_read ~= '' then
    if epoch_read ~= (state[2] or '0') then
        return { 'fenced' }
    end
    if handle_left ~= '' then
        redis.call('ZREMRANGEBYSCORE', former_key, '-inf', now_ms - reservation_ms)
        local reserved = redis.call('ZCARD', former_key)
        if redis.call('ZSCORE', former_key, handle) then
            reserved = reserved - 1
        end
        if reserved >= reserved_max then
            local oldest = redis.call('ZRANGE', former_key, 0, 0, 'WITHSCORES')
            return { 'exhausted', string.format('%.0f', tonumber(oldest[2]) + reservation_ms - now_ms) }
        end
        redis.call('ZADD', former_key, now_ms, handle_left)
    end
    redis.call('ZREM', former_key, handle)
    redis.call('PEXPIRE', former_key, reservation_ms)
    redis.call('HINCRBY', profile_key, 'handleEpoch', 1)
end

local next_version = string.format('%.0f', version + 1)
local updated_at = string.format('%.0f', now_ms)
redis.call('HSET', profile_key, 'version', next_version, 'updatedAt', updated_at, unpack(content))
redis.call('DEL', card_key)
if record_key then
    redis.call('SET', record_key, digest, 'PX', record_ms)
end
return { 'written', next_version, updated_at }
