-- Puts events that have names in the line to be chained, but for those of whose name one was.
--
-- KEYS[1]   owed  drover:{audit}:owed, a stream of content, seal
-- KEYS[2…]  once  drover:{audit}:once:<name>, a string, of each
-- ARGV[1]   onceMillis  how long a name is remembered
-- ARGV[2…]  content, seal, content, seal, … of each: what happened, as JSON; the mark of who may write entries, made of content
--
-- Returns  {"owed", count}  those that were put there; the others have, or will have, their entry
--
-- Atomic; repeating it changes nothing.
local owed = KEYS[1]
local once_ms = ARGV[1]

local count = 0
for i = 2, #KEYS do
    if redis.call("SET", KEYS[i], "1", "NX", "PX", once_ms) then
        redis.call("XADD", owed, "*", "content", ARGV[2 * i - 2], "seal", ARGV[2 * i - 1])
        count = count + 1
    end
end
return { "owed", tostring(count) }
