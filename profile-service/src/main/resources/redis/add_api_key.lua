-- Adds an API key, or gives one that is known another secret. One atomic step.
--
-- KEYS  1 keys  hash: id -> what is known of the key
-- ARGV  1 id
--       2 record
--       3 most keys there may be
-- Returns {'added'}
--         {'full'}  nothing is changed
-- Invariants: F-6 of a key only the hash of its secret is kept.
local keys = KEYS[1]
local id, record, keys_max = ARGV[1], ARGV[2], tonumber(ARGV[3])

if redis.call('HEXISTS', keys, id) == 0 and redis.call('HLEN', keys) >= keys_max then
    return { 'full' }
end
redis.call('HSET', keys, id, record)
return { 'added' }
