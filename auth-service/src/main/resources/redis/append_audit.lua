-- Appends an entry to the audit log, chained to the one before, and trims what is too old or too many.
--
-- KEYS[1]  log   drover:{audit}:log, a stream of content, seal, hash; ids are <milliseconds>-<sequence>
-- KEYS[2]  head  drover:{audit}:head, a hash: seq, hash, millis of the last entry; anchorSeq, anchorHash of the last one trimmed
-- KEYS[3]  once  drover:{audit}:once:<name>, a string; left out for an event that may have several entries
-- ARGV[1]  content     what happened, as JSON
-- ARGV[2]  seal        the mark of who may write entries, made of content
-- ARGV[3]  entriesMax  entries kept
-- ARGV[4]  maxAge      milliseconds an entry is kept
-- ARGV[5]  onceMillis  how long the name of an event that has one entry is remembered
--
-- Returns  {"appended", seq, hash}
--          {"known"}                an event of this name has its entry; nothing was changed
--
-- Atomic. A-20: hash = SHA-1(hash before, seq, milliseconds, seal, content), so a missing, moved or changed entry breaks the chain; the
-- anchor is where the chain begins after trimming.
local log, head, once = KEYS[1], KEYS[2], KEYS[3]
local content, seal = ARGV[1], ARGV[2]
local entries_max, max_age, once_ms = tonumber(ARGV[3]), tonumber(ARGV[4]), ARGV[5]
local TRIM_MAX = 16

if once and not redis.call("SET", once, "1", "NX", "PX", once_ms) then
    return { "known" }
end

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local last = redis.call("HMGET", head, "seq", "hash", "millis")
-- After a failover the clock may be behind; ids must not be.
local millis = string.format("%.0f", math.max(now, tonumber(last[3] or "0")))
local seq = string.format("%.0f", tonumber(last[1] or "0") + 1)
local hash = redis.sha1hex(table.concat({ last[2] or "", seq, millis, seal, content }, "\n"))

redis.call("XADD", log, millis .. "-" .. seq, "content", content, "seal", seal, "hash", hash)
redis.call("HSET", head, "seq", seq, "hash", hash, "millis", millis)

local excess = redis.call("XLEN", log) - entries_max
for trimmed = 1, TRIM_MAX do
    local oldest = redis.call("XRANGE", log, "-", "+", "COUNT", 1)[1]
    local oldest_millis, oldest_seq = string.match(oldest[1], "^(%d+)%-(%d+)$")
    if oldest[1] == millis .. "-" .. seq or (trimmed > excess and tonumber(oldest_millis) >= now - max_age) then
        break
    end
    redis.call("XDEL", log, oldest[1])
    redis.call("HSET", head, "anchorSeq", oldest_seq, "anchorHash", oldest[2][6])
end
return { "appended", seq, hash }
