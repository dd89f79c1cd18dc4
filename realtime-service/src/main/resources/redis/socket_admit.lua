-- Lets an account open one more socket, on whichever instance, if it has not as many as it may.
--
-- KEYS  1 open      sorted set of the account's connections, "<instance>~<random>~<n>", score: ms of Redis's clock when it was opened
-- ARGV  1 id        the connection
--       2 max       sockets an account may have
--       3 keep_ms   how long this is kept after the last socket was opened
--       4 grace_ms  for so long an instance that is not known counts: it may have just begun
--       5 ...       the instances that are there
--
-- Returns 1 when the socket may stay, 0 when there are as many as there may be
--
-- Atomic. Sockets of instances that are gone do not count (R-12). A repeat is harmless.

local open = KEYS[1]
local id, max, keep_ms, grace_ms = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local instances_from = 5

local there = {}
for i = instances_from, #ARGV do
  there[ARGV[i]] = true
end
local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

if not redis.call('ZSCORE', open, id) then
  local all = redis.call('ZRANGE', open, 0, -1, 'WITHSCORES')
  local count = #all / 2
  for i = 1, #all, 2 do
    local instance = string.match(all[i], '^(.*)~[^~]*$')
    if not there[instance] and tonumber(all[i + 1]) + grace_ms < now_ms then
      redis.call('ZREM', open, all[i])
      count = count - 1
    end
  end
  if count >= max then
    return 0
  end
  redis.call('ZADD', open, string.format('%.0f', now_ms), id)
end
redis.call('PEXPIRE', open, keep_ms)
return 1
