-- Makes an account a member of a room, changes its role, or removes it.
--
-- KEYS  1 members  hash of account and role (owner, member); #owners is how many owners there are; #ended alone once the room has ended
-- ARGV  1 by           the account that wishes it
--       2 sub          the account it is about
--       3 role         owner, member, or empty to remove
--       4 members_max  how many members a room has at most
--
-- Returns "created"     nobody was in the room: by entered, as its owner
--         "changed"     sub has the role now
--         "removed"     sub is no member any more
--         "unchanged"   it was so already
--         "forbidden"   by may not: it is no owner, and it is not itself that leaves
--         "full"        there are members_max members
--         "last_owner"  sub is the only owner and has to stay
--         "ended"       the room was ended, and its name is not given again yet
--
-- Atomic. A room that has members has an owner (R-10).

local members = KEYS[1]
local by, sub, role, members_max = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

local count = redis.call('HLEN', members)
if count == 0 then
  if by ~= sub or role == '' then
    return 'forbidden'
  end
  redis.call('HSET', members, sub, 'owner', '#owners', 1)
  return 'created'
end

if redis.call('HEXISTS', members, '#ended') == 1 then
  return 'ended'
end

local is_owner = redis.call('HGET', members, by) == 'owner'
local before = redis.call('HGET', members, sub) or ''
if not is_owner and not (by == sub and before ~= '' and (role == '' or role == before)) then
  return 'forbidden'
end
if before == role then
  return 'unchanged'
end
if before == 'owner' and redis.call('HGET', members, '#owners') == '1' then
  return 'last_owner'
end
if before == '' and count - 1 >= members_max then
  return 'full'
end

if before == 'owner' then
  redis.call('HINCRBY', members, '#owners', -1)
elseif role == 'owner' then
  redis.call('HINCRBY', members, '#owners', 1)
end
if role == '' then
  redis.call('HDEL', members, sub)
  return 'removed'
end
redis.call('HSET', members, sub, role)
return 'changed'
