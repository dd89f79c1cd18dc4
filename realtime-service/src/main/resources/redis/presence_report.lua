-- An instance says which accounts follow a channel through it: what has changed, or nothing but that it is still there.
--
-- KEYS  1 leases   sorted set of instances, score: ms of Redis's clock until which its word counts; 0 once it is being swept
--       2 members  sorted set of all accounts present, equal scores
--       3 counts   hash of their connections over all instances
--       4 held     hash of the connections through this instance
--       5 log, 6 meta, 7 wake  of the channel that tells who comes and goes
-- ARGV  1 holder     the instance
--       2 lease_ms   how long its word counts
--       3 keep_ms    how long all of this lives without a word of anybody
--       4 fresh      1 when it knows of nothing it has said before
--       5 event_id   id of the event, should there be one; also the epoch's name should the channel have none
--       6 keep_max, 7 keep_log_ms, 8 keep_bytes, 9 meta_ms  bounds of the log
--       10 ...       account and its connections through this instance, in turn; 0 for none
--
-- Returns {"said", n, instance, ...}  n accounts are held by it now; the instances' words have run out
--         {"lost"}                    its own word ran out meanwhile: nothing was changed; sweep it, and say everything again, fresh
--
-- Atomic. Connections are said as they are and not as changes, so a repeat is harmless. An account is a member as long as any instance that
-- was not swept holds a connection of it (R-11); who becomes or ceases to be one is told in the same step.

local leases, members, counts, held = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local log, meta, wake = KEYS[5], KEYS[6], KEYS[7]
local holder, lease_ms, keep_ms, fresh, event_id = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local keep = { count = tonumber(ARGV[6]), ms = tonumber(ARGV[7]), bytes = tonumber(ARGV[8]), meta_ms = ARGV[9] }
local first_pair, expired_max = 10, 8

--@include channel_log
--@include presence_change

local now_ms = channel_now_ms()
local lease = tonumber(redis.call('ZSCORE', leases, holder) or 0)
if lease <= now_ms and (fresh ~= '1' or redis.call('EXISTS', held) == 1) then
  return { 'lost' }
end

local change = { joined = {}, left = {} }
for i = first_pair, #ARGV, 2 do
  presence_set(members, counts, held, ARGV[i], tonumber(ARGV[i + 1]), change)
end
presence_tell(log, meta, wake, members, change, event_id, keep)

local holding = redis.call('HLEN', held)
if holding == 0 then
  redis.call('ZREM', leases, holder)
else
  redis.call('ZADD', leases, string.format('%.0f', now_ms + lease_ms), holder)
end
for _, key in ipairs({ leases, members, counts, held }) do
  redis.call('PEXPIRE', key, keep_ms)
end

local answer = { 'said', holding }
for _, expired in ipairs(redis.call('ZRANGEBYSCORE', leases, '-inf', string.format('%.0f', now_ms), 'LIMIT', 0, expired_max)) do
  answer[#answer + 1] = expired
end
return answer
