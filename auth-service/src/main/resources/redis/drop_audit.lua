-- Takes entries out of an account's slot that have been carried to the audit log.
--
-- KEYS[1]  audit  drover:{usr_x}:audit, a stream of id, content, seal
-- ARGV[1…] ids of the stream
--
-- Returns  {"dropped"}
--
-- Atomic; repeating it changes nothing. Of an account that has nothing more to tell nothing stays.
local audit = KEYS[1]

redis.call("XDEL", audit, unpack(ARGV))
if redis.call("XLEN", audit) == 0 then
    redis.call("DEL", audit)
end
return { "dropped" }
