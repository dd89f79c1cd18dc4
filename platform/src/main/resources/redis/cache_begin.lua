-- Asks for a cached value that was not there a moment ago, or for the task of computing it. One atomic step.
--
-- KEYS  1 entry  hash: value (what is cached), or lease (who computes it)
-- ARGV  1 token      of the one who asks, new for each
--       2 lease_ms   how long nobody else computes it
-- Returns {'hit', value}  somebody was faster
--         {'lead'}        the caller computes it, and stores it by cache_fill
--         {'wait'}        another one computes it
-- Invariants: E-17: of all who miss, one computes at a time. The whole entry ends with the lease, so that a dead one delays no longer.
local entry = KEYS[1]
local token, lease_ms = ARGV[1], ARGV[2]

local state = redis.call('HMGET', entry, 'value', 'lease')
if state[1] then
    return { 'hit', state[1] }
end
if state[2] and state[2] ~= token then
    return { 'wait' }
end
redis.call('HSET', entry, 'lease', token)
redis.call('PEXPIRE', entry, lease_ms)
return { 'lead' }
