-- Takes an erased account out of a room; a room it was the only owner of ends.
--
-- KEYS  1 members  hash of account and role (owner, member); #owners is how many owners there are; #ended alone once the room has ended
--       2 log      stream of the room's messages
--       3 meta     hash: where the room's channel stands
-- ARGV  1 sub      the account
--       2 kept_ms  how long the name of a room that ends stays taken
--
-- Returns "left"    it is no member any more
--         "ended"   it was the only owner
--         "absent"  it was no member; nothing was changed
--
-- Atomic; repeating it changes nothing. A room that has members has an owner (R-10).

--@include room_end

local members, log, meta = KEYS[1], KEYS[2], KEYS[3]
local sub, kept_ms = ARGV[1], ARGV[2]

local role = redis.call('HGET', members, sub)
if not role then
  return 'absent'
end
if role == 'owner' and redis.call('HGET', members, '#owners') == '1' then
  end_room(members, log, meta, '', kept_ms)
  return 'ended'
end
if role == 'owner' then
  redis.call('HINCRBY', members, '#owners', -1)
end
redis.call('HDEL', members, sub)
return 'left'
