-- Takes back what an instance said about who follows a channel, a bounded part at a time: its word has run out, or it stops.
--
-- KEYS  1 leases, 2 members, 3 counts  as in presence_report
--       4 held                         of the instance that is swept
--       5 log, 6 meta, 7 wake          of the channel that tells who comes and goes
-- ARGV  1 holder    the instance that is swept
--       2 own       1 when the instance itself asks, whose word need not have run out
--       3 batch     accounts at most
--       4 event_id  id of the event, should there be one; also the epoch's name should the channel have none
--       5 keep_max, 6 keep_log_ms, 7 keep_bytes, 8 meta_ms  bounds of the log
--
-- Returns how many accounts are still held by it; -1 when its word counts: nothing was changed
--
-- Atomic. From the first part on the instance's word counts no more, so it cannot come back to a half of what it said.

local leases, members, counts, held = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local log, meta, wake = KEYS[5], KEYS[6], KEYS[7]
local holder, own, batch, event_id = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local keep = { count = tonumber(ARGV[5]), ms = tonumber(ARGV[6]), bytes = tonumber(ARGV[7]), meta_ms = ARGV[8] }

--@include channel_log
--@include presence_change

local lease = tonumber(redis.call('ZSCORE', leases, holder) or 0)
if own ~= '1' and lease > channel_now_ms() then
  return -1
end
redis.call('ZADD', leases, 0, holder)

local change = { joined = {}, left = {} }
for _, account in ipairs(redis.call('HRANDFIELD', held, batch) or {}) do
  presence_set(members, counts, held, account, 0, change)
end
presence_tell(log, meta, wake, members, change, event_id, keep)

local left = redis.call('HLEN', held)
if left == 0 then
  redis.call('ZREM', leases, holder)
end
return left
