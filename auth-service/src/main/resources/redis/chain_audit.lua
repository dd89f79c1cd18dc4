-- Writes entries on from the end of the audit log's chain, if it still ends where whoever computed them saw it end.
--
-- KEYS[1]  log   drover:{audit}:log, a stream of content, seal, hash; ids are <milliseconds>-<sequence>
-- KEYS[2]  head  drover:{audit}:head, a hash: seq, hash, millis of the last entry; anchorSeq, anchorHash, anchorMark of the last one trimmed
-- KEYS[3]  owed  drover:{audit}:owed, a stream: what has yet to be chained
-- ARGV[1…2]   seq, hash                of the last entry when these were computed
-- ARGV[3…5]   seq, hash, milliseconds  of the last of these
-- ARGV[6…9]   id, seq, hash, mark      of the last entry to be trimmed; "" each when none is
-- ARGV[10…]   owedId, id, content, seal, hash, owedId, id, … of each
--
-- Returns  {"chained"}
--          {"moved"}    another was faster; nothing was changed
--
-- Atomic. A-20: a hash is an HMAC of the entry and of the hash before it, so a missing, moved or changed entry breaks the chain.
local log, head, owed = KEYS[1], KEYS[2], KEYS[3]
local seq, hash = ARGV[1], ARGV[2]
local trimmed_id = ARGV[6]

local last = redis.call("HMGET", head, "seq", "hash")
if (last[1] or "0") ~= seq or (last[2] or "") ~= hash then
    return { "moved" }
end
-- One that is not owed any more was chained since these were read, and then the end would have moved; after a failover it may be otherwise.
for i = 10, #ARGV, 5 do
    if #redis.call("XRANGE", owed, ARGV[i], ARGV[i]) == 0 then
        return { "moved" }
    end
end
for i = 10, #ARGV, 5 do
    redis.call("XDEL", owed, ARGV[i])
    redis.call("XADD", log, ARGV[i + 1], "content", ARGV[i + 2], "seal", ARGV[i + 3], "hash", ARGV[i + 4])
end
redis.call("HSET", head, "seq", ARGV[3], "hash", ARGV[4], "millis", ARGV[5])
if trimmed_id ~= "" then
    redis.call("XTRIM", log, "MINID", trimmed_id)
    redis.call("XDEL", log, trimmed_id)
    redis.call("HSET", head, "anchorSeq", ARGV[7], "anchorHash", ARGV[8], "anchorMark", ARGV[9])
end
return { "chained" }
