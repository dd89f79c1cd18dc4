-- Enters jobs an account is about to add into the list of its own.
--
-- KEYS[1]  sorted set of the account's job ids, by when they were entered in ms
-- ARGV[1]  how many are kept    ARGV[2]  how long after the last one, in ms
-- ARGV[3]  job id, and any more
--
-- Returns {'noted'}
-- Atomic. A repeat leaves a job where it was. The oldest beyond the bound are dropped.

local ids_key = KEYS[1]
local kept_max, keep_ms = tonumber(ARGV[1]), ARGV[2]
local FIRST_ID = 3

local clock = redis.call('TIME')
local now_ms = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local now_text = string.format('%.0f', now_ms)
local entries = {}
for at = FIRST_ID, #ARGV do
  entries[#entries + 1] = now_text
  entries[#entries + 1] = ARGV[at]
end
redis.call('ZADD', ids_key, 'NX', unpack(entries))
redis.call('ZREMRANGEBYRANK', ids_key, 0, -kept_max - 1)
redis.call('PEXPIRE', ids_key, keep_ms)
return {'noted'}
