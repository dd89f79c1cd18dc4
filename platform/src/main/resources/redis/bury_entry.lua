-- Takes an entry nobody can deliver out of an outbox and keeps it, with the reason, for someone to look at.
--
-- KEYS  1 outbox   stream
--       2 buried   stream of what could not be delivered
-- ARGV  1 entry_id   2 reason   3 keep_max   entries kept in buried, approximately
--
-- Returns {'buried'}  it is in buried now and no longer in the outbox
--         {'gone'}    it is not in the outbox; nothing was changed
--
-- Atomic. Both keys share the outbox's hash tag.

local outbox, buried = KEYS[1], KEYS[2]
local entry_id, reason, keep_max = ARGV[1], ARGV[2], ARGV[3]

local entry = redis.call('XRANGE', outbox, entry_id, entry_id)[1]
if not entry then
  return {'gone'}
end
redis.call('XADD', buried, 'MAXLEN', '~', keep_max, '*', 'entry', entry_id, 'reason', reason, unpack(entry[2]))
redis.call('XDEL', outbox, entry_id)
return {'buried'}
