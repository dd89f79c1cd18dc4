-- Creates, changes or deletes a flag if it is still at the version its writer read, notes the change in the flag's history and tells all instances.
-- One atomic step.
--
-- KEYS  1 revision  string: the number of changes so far
--       2 records   hash: key -> '<version> <changed, ms> <document>'
--       3 history   stream of the flag's changes: version, action, who, why, diff
-- ARGV  1 key
--       2 version the writer read; 0 = there was none
--       3 document, JSON; '' = delete it
--       4 action    a word for the history
--       5 who       the admin's account
--       6 why       their words
--       7 diff      JSON
--       8 most flags there may be
--       9 most changes the history keeps, approximately
--       10 how long the history of a deleted flag is kept, in ms
--       11 channel  that wakes up all instances
-- Returns {'written', version, changed (ms)}
--         {'stale', version}  another change came first; 0 = there is no such flag; nothing is changed
--         {'full'}            there are as many flags as there may be; nothing is changed
-- Invariants: F-2 no change is lost; F-3 no change without its entry in the history; F-4 a version is never given twice.
local revision_key, records_key, history_key = KEYS[1], KEYS[2], KEYS[3]
local key, expected, document = ARGV[1], ARGV[2], ARGV[3]
local action, who, why, diff = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local flags_max, history_max, forgotten_ms, channel = tonumber(ARGV[8]), ARGV[9], ARGV[10], ARGV[11]

local stored = redis.call('HGET', records_key, key)
local version = '0'
if stored then
    version = string.match(stored, '^(%d+) ')
end
if version ~= expected or (not stored and document == '') then
    return { 'stale', version }
end
if not stored and redis.call('HLEN', records_key) >= flags_max then
    return { 'full' }
end

local time = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
local revision = string.format('%.0f', redis.call('INCR', revision_key))
if document == '' then
    redis.call('HDEL', records_key, key)
else
    redis.call('HSET', records_key, key, revision .. ' ' .. now_ms .. ' ' .. document)
end
redis.call(
    'XADD', history_key, 'MAXLEN', '~', history_max, '*',
    'version', revision, 'action', action, 'who', who, 'why', why, 'diff', diff, 'at', now_ms
)
if document == '' then
    redis.call('PEXPIRE', history_key, forgotten_ms)
else
    redis.call('PERSIST', history_key)
end
redis.call('PUBLISH', channel, revision)
return { 'written', revision, now_ms }
