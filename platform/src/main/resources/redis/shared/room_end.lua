-- Ends a room: its members go, what was said in it goes, and its name stays taken for a while, so that nobody enters it and reads what channels
-- inside it still keep.
-- by       who ended it, or '' for nobody who is to be remembered
-- kept_ms  how long the name stays taken
local function end_room(members, log, meta, by, kept_ms)
  redis.call('DEL', members, log, meta)
  redis.call('HSET', members, '#ended', by)
  redis.call('PEXPIRE', members, kept_ms)
end
