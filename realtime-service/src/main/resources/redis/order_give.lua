-- Asks an instance to do something; it looks every half second.
--
-- KEYS  1 orders  list
-- ARGV  1 order       what to do
--       2 lease_ms    after which an order nobody took is forgotten
--       3 orders_max  orders that may wait
--
-- Returns 1 when the order waits, 0 when too many do
--
-- Atomic.

local orders = KEYS[1]
local order, lease_ms, orders_max = ARGV[1], ARGV[2], tonumber(ARGV[3])

if redis.call('LLEN', orders) >= orders_max then
  return 0
end
redis.call('RPUSH', orders, order)
redis.call('PEXPIRE', orders, lease_ms)
return 1
