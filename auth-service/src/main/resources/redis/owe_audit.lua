-- Puts an event that has a name in the line to be chained, unless one of that name was.
--
-- KEYS[1]  owed  drover:{audit}:owed, a stream of content, seal
-- KEYS[2]  once  drover:{audit}:once:<name>, a string
-- ARGV[1]  content     what happened, as JSON
-- ARGV[2]  seal        the mark of who may write entries, made of content
-- ARGV[3]  onceMillis  how long the name is remembered
--
-- Returns  {"owed"}
--          {"known"}  an event of this name has, or will have, its entry; nothing was changed
--
-- Atomic; repeating it changes nothing.
local owed, once = KEYS[1], KEYS[2]
local content, seal, once_ms = ARGV[1], ARGV[2], ARGV[3]

if not redis.call("SET", once, "1", "NX", "PX", once_ms) then
    return { "known" }
end
redis.call("XADD", owed, "*", "content", content, "seal", seal)
return { "owed" }
