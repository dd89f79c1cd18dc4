-- Appends messages of one publisher to a channel's history in their order, each unless it is a repeat, and wakes up the instances that
-- have subscribers once. What channel_append does for one.
--
-- KEYS  1 log    stream of the channel's messages, entry ids <offset>-0, fields id, data, from, at and, last, trace when there is one
--       2 meta   hash epoch, offset, and what is known of size and rate: where the channel stands
--       3 wake   pub/sub channel; what it carries is said at channel_wake
--       4 on     of each message a string <epoch>:<offset>:<sha1 of data>: the message this publisher gave its id to
-- ARGV  1 from         who speaks
--       2 dedupe_ms    how long a repeat of an id is recognised
--       3 new_epoch    the epoch's name should the channel have none
--       4 keep_max     messages kept
--       5 keep_ms      age up to which a message is kept
--       6 keep_bytes   bytes of data kept
--       7 meta_ms      how long an idle channel's position outlives its last message; more than keep_ms
--       8 on           of each message two: its id, data as JSON text
--
-- Returns for each message one of
--   "appended"   it is in the history now
--   "duplicate"  it was already
--   "reused"     the id was used for other data; it was not written
--
-- Atomic. Offsets grow by exactly one within an epoch (R-4). All keys share the channel's hash tag.

local log, meta, wake = KEYS[1], KEYS[2], KEYS[3]
local from, dedupe_ms, new_epoch = ARGV[1], ARGV[2], ARGV[3]
local keep = { count = tonumber(ARGV[4]), ms = tonumber(ARGV[5]), bytes = tonumber(ARGV[6]), meta_ms = ARGV[7] }
local FIRST_SEEN, FIRST_MESSAGE = 4, 8

--@include channel_log

local known = redis.call('HGET', meta, 'epoch')
local epoch = known or channel_epoch(log, meta, new_epoch)
local offset = tonumber(redis.call('HGET', meta, 'offset'))
local answers, messages, said = {}, {}, {}

for n = 1, #KEYS - FIRST_SEEN + 1 do
  local seen, at = KEYS[FIRST_SEEN + n - 1], FIRST_MESSAGE + 2 * (n - 1)
  local id, data = ARGV[at], ARGV[at + 1]
  local digest = redis.sha1hex(data)
  local first = said[seen] or (known and redis.call('GET', seen))
  local seen_epoch, seen_digest
  if first then
    seen_epoch, seen_digest = string.match(first, '^([^:]+):%d+:(%x+)$')
  end
  if first and seen_epoch == epoch then
    answers[n] = seen_digest == digest and 'duplicate' or 'reused'
  else
    offset = offset + 1
    messages[#messages + 1] = { id = id, data = data, from = from }
    said[seen] = epoch .. ':' .. string.format('%.0f', offset) .. ':' .. digest
    redis.call('SET', seen, said[seen], 'PX', dedupe_ms)
    answers[n] = 'appended'
  end
end
if #messages > 0 then
  channel_push(log, meta, wake, epoch, messages, keep)
end
return answers
