-- Stores a computed value, unless what it was made of was changed since its computation began: such a change deletes the entry, and the lease with it.
-- One atomic step; repeating it changes nothing.
--
-- KEYS  1 entry  hash: value, or lease
-- ARGV  1 token    the lease
--       2 value
--       3 ttl_ms   how long it is kept; 0 = there is nothing to keep, and whoever waits need not
-- Returns {'stored'}, {'dropped'}
--         {'late'}  the lease is gone; nothing is changed
-- Invariants: E-18: no value is stored that was computed from what an acknowledged change replaced.
local entry = KEYS[1]
local token, value, ttl_ms = ARGV[1], ARGV[2], ARGV[3]

if redis.call('HGET', entry, 'lease') ~= token then
    return { 'late' }
end
if ttl_ms == '0' then
    redis.call('DEL', entry)
    return { 'dropped' }
end
redis.call('HDEL', entry, 'lease')
redis.call('HSET', entry, 'value', value)
redis.call('PEXPIRE', entry, ttl_ms)
return { 'stored' }
