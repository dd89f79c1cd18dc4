-- Ends a room for all.
--
-- KEYS  1 members  hash of account and role (owner, member); #owners is how many owners there are; #ended alone once the room has ended
--       2 log      stream of the room's messages
--       3 meta     hash: where the room's channel stands
-- ARGV  1 by       the account that wishes it
--       2 kept_ms  how long the name stays taken
--
-- Returns "ended"      nobody is in the room any more, and nobody can enter it
--         "unchanged"  by has ended it before
--         "forbidden"  by is no owner
--
-- Atomic; repeating it changes nothing.

--@include room_end

local members, log, meta = KEYS[1], KEYS[2], KEYS[3]
local by, kept_ms = ARGV[1], ARGV[2]

if redis.call('HGET', members, by) == 'owner' then
  end_room(members, log, meta, by, kept_ms)
  return 'ended'
end
return redis.call('HGET', members, '#ended') == by and 'unchanged' or 'forbidden'
