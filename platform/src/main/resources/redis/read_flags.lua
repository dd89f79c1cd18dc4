-- Reads the whole set of flags, unless the reader has it. One atomic step that only reads.
--
-- KEYS  1 revision  string: the number of changes so far
--       2 records   hash: key -> '<version> <changed, ms> <document>'
-- ARGV  1 the revision the reader has; -1 = none
-- Returns {revision}                        as the reader has it; or there are no flags
--         {revision, key, record, key, ...}  all flags as they stand
-- Invariants: F-1 a copy is one state of the set, never a mixture of two.
local revision_key, records_key = KEYS[1], KEYS[2]
local known = ARGV[1]

local revision = redis.call('GET', revision_key) or '0'
if revision == known then
    return { revision }
end
local answer = redis.call('HGETALL', records_key)
table.insert(answer, 1, revision)
return answer
