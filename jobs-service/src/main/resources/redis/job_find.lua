-- Reads many jobs of one queue without their payloads.
--
-- KEYS[1]  hash of job id to record    KEYS[2]  hash of job id to lease
-- ARGV     job ids
--
-- Returns for each job two: record, '' when there is no such job · lease or '' (with a lease it is active, whatever the record says)
-- Atomic; changes nothing.

local jobs_key, leases_key = KEYS[1], KEYS[2]

local records = redis.call('HMGET', jobs_key, unpack(ARGV))
local leases = redis.call('HMGET', leases_key, unpack(ARGV))
local answer = {}
for i = 1, #ARGV do
  answer[2 * i - 1] = records[i] or ''
  answer[2 * i] = leases[i] or ''
end
return answer
