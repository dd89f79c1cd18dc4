-- Appends one message to a channel's history, or recognises it as a repeat, and wakes up the instances that have subscribers.
--
-- KEYS  1 log    stream of the channel's messages, entry ids <offset>-0, fields id, data, from, at and, last, trace when there is one
--       2 meta   hash epoch, offset, and what is known of size and rate: where the channel stands
--       3 wake   pub/sub channel; what it carries is said at channel_wake
--       4 seen   string <epoch>:<offset>:<sha1 of data>: the message this publisher gave this id to
-- ARGV  1 id            the publisher's id of the message
--       2 data          JSON text
--       3 from          who speaks
--       4 dedupe_ms     how long a repeat of the id is recognised
--       5 new_epoch     the epoch's name should the channel have none
--       6 keep_max      messages kept
--       7 keep_ms       age up to which a message is kept
--       8 keep_bytes    bytes of data kept
--       9 meta_ms       how long an idle channel's position outlives its last message; more than keep_ms
--       10 trace        where in a trace it was published, as a W3C traceparent; "" when nothing is traced
--
-- Returns {"appended", epoch, offset}   it is in the history now
--         {"duplicate", epoch, offset}  it was already; this is the first one's position
--         {"reused", epoch, offset}     the id was used for other data; nothing was written
--
-- Atomic. Offsets grow by exactly one within an epoch (R-4). All keys share the channel's hash tag.

local log, meta, wake, seen = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local id, data, from, trace = ARGV[1], ARGV[2], ARGV[3], ARGV[10]
local dedupe_ms, new_epoch = ARGV[4], ARGV[5]
local keep = { count = tonumber(ARGV[6]), ms = tonumber(ARGV[7]), bytes = tonumber(ARGV[8]), meta_ms = ARGV[9] }

--@include channel_log

local digest = redis.sha1hex(data)
local known = redis.call('HGET', meta, 'epoch')
local first = known and redis.call('GET', seen)
if first then
  local seen_epoch, seen_offset, seen_digest = string.match(first, '^([^:]+):(%d+):(%x+)$')
  if seen_epoch == known then
    return { seen_digest == digest and 'duplicate' or 'reused', known, seen_offset }
  end
end

local epoch = known or channel_epoch(log, meta, new_epoch)
local offset = channel_push(log, meta, wake, epoch, { { id = id, data = data, from = from, trace = trace } }, keep)
redis.call('SET', seen, epoch .. ':' .. offset .. ':' .. digest, 'PX', dedupe_ms)
return { 'appended', epoch, offset }
