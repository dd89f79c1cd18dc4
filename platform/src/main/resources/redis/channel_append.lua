-- Appends one message to a channel's history, or recognises it as a repeat, and wakes up the instances that have subscribers.
--
-- KEYS  1 log    stream of the channel's messages, entry ids <offset>-0, fields id, data, from, at and, last, trace when there is one
--       2 meta   hash epoch, offset: where the channel stands
--       3 seen   string <epoch>:<offset>:<sha1 of data>: the message this publisher gave this id to
-- ARGV  1 id            the publisher's id of the message
--       2 data          JSON text
--       3 from          who speaks
--       4 dedupe_ms     how long a repeat of the id is recognised
--       5 new_epoch     the epoch's name should the channel have none
--       6 keep_max      messages kept, approximately (whole stream nodes are dropped)
--       7 keep_ms       age up to which a message is kept
--       8 meta_ms       how long an idle channel's position outlives its last message; more than keep_ms
--       9 wake_channel  pub/sub channel; the payload is <epoch>:<offset>
--       10 trace        where in a trace it was published, as a W3C traceparent; "" when nothing is traced
--
-- Returns {"appended", epoch, offset}   it is in the history now
--         {"duplicate", epoch, offset}  it was already; this is the first one's position
--         {"reused", epoch, offset}     the id was used for other data; nothing was written
--
-- Atomic. Offsets grow by exactly one within an epoch. Without meta the history begins anew: a left-over log is dropped, so that an epoch
-- never mixes with another. All keys share the channel's hash tag.

local log, meta, seen = KEYS[1], KEYS[2], KEYS[3]
local id, data, from = ARGV[1], ARGV[2], ARGV[3]
local dedupe_ms, new_epoch = ARGV[4], ARGV[5]
local keep_max, keep_ms, meta_ms = ARGV[6], tonumber(ARGV[7]), ARGV[8]
local wake_channel, trace = ARGV[9], ARGV[10]
local aged_batch = 32

local epoch = redis.call('HGET', meta, 'epoch')
local digest = redis.sha1hex(data)

if epoch then
  local first = redis.call('GET', seen)
  if first then
    local seen_epoch, seen_offset, seen_digest = string.match(first, '^([^:]+):(%d+):(%x+)$')
    if seen_epoch == epoch then
      return { seen_digest == digest and 'duplicate' or 'reused', epoch, seen_offset }
    end
  end
else
  epoch = new_epoch
  redis.call('DEL', log)
  redis.call('HSET', meta, 'epoch', epoch, 'offset', 0)
end

local time = redis.call('TIME')
local now_ms = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local at = string.format('%.0f', now_ms)

local offset = string.format('%.0f', redis.call('HINCRBY', meta, 'offset', 1))
local fields = { 'id', id, 'data', data, 'from', from, 'at', at }
if trace ~= '' then
  fields[9], fields[10] = 'trace', trace
end
redis.call('XADD', log, 'MAXLEN', '~', keep_max, offset .. '-0', unpack(fields))

-- A busy log never expires as a whole, so each append drops the few oldest messages that are past their age.
local keep_from = now_ms - keep_ms
local oldest = redis.call('XRANGE', log, '-', '+', 'COUNT', 1)
if tonumber(oldest[1][2][8]) < keep_from then
  local first_kept
  for _, entry in ipairs(redis.call('XRANGE', log, '-', '+', 'COUNT', aged_batch)) do
    first_kept = entry[1]
    if tonumber(entry[2][8]) >= keep_from then
      break
    end
  end
  redis.call('XTRIM', log, 'MINID', first_kept)
end

redis.call('PEXPIRE', log, keep_ms)
redis.call('PEXPIRE', meta, meta_ms)
redis.call('SET', seen, epoch .. ':' .. offset .. ':' .. digest, 'PX', dedupe_ms)
redis.call('PUBLISH', wake_channel, epoch .. ':' .. offset)
return { 'appended', epoch, offset }
