-- An instance says that it is there, which connections it holds, and how many of them follow each channel; and hears what it is asked to do.
--
-- KEYS  1 lease        string: there while the instance's word counts
--       2 connections  sorted set of "<connection id> <JSON>", equal scores
--       3 channels     hash of channel and subscribers
--       4 orders       list of what the instance is asked to do
-- ARGV  1 lease_ms    how long its word counts
--       2 fresh       1 when this is the first of all it has to say
--       3 orders_max  orders taken at most
--       4 added       how many of the rest are connections it holds now; the next ones, up to
--       5 removed     so many, are connections it holds no more; then channel and subscribers in turn, 0 for none
--       6 ...         the rest
--
-- Returns {"said", order, ...}
--         {"lost"}  its word ran out: nothing was changed; everything is to be said again, fresh
--
-- Atomic. All of it ends with the lease, so nobody sweeps after an instance that is dead.

local lease, connections, channels, orders = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local lease_ms, fresh, orders_max = ARGV[1], ARGV[2], tonumber(ARGV[3])
local added, removed = tonumber(ARGV[4]), tonumber(ARGV[5])
local rest = 6

if fresh == '1' then
  redis.call('DEL', connections, channels)
elseif redis.call('EXISTS', lease) == 0 then
  return { 'lost' }
end

for i = rest, rest + added - 1 do
  redis.call('ZADD', connections, 0, ARGV[i])
end
for i = rest + added, rest + added + removed - 1 do
  redis.call('ZREM', connections, ARGV[i])
end
for i = rest + added + removed, #ARGV, 2 do
  if ARGV[i + 1] == '0' then
    redis.call('HDEL', channels, ARGV[i])
  else
    redis.call('HSET', channels, ARGV[i], ARGV[i + 1])
  end
end
redis.call('SET', lease, '1', 'PX', lease_ms)
redis.call('PEXPIRE', connections, lease_ms)
redis.call('PEXPIRE', channels, lease_ms)

local answer = { 'said' }
for _ = 1, orders_max do
  local order = redis.call('LPOP', orders)
  if not order then
    break
  end
  answer[#answer + 1] = order
end
return answer
