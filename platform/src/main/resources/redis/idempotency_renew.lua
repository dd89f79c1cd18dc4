-- Makes the claim of a run that is still at work last another lease (I-3).
--
-- KEYS[1]  record  drover:{idem:x}:record, a hash (see idempotency_begin.lua)
-- ARGV[1]  run    the run's name
-- ARGV[2]  lease  milliseconds from now
--
-- Returns  1  the claim is this run's, and lasts
--          0  it is not, or no longer; nothing was changed
--
-- Atomic. Repeating it is harmless.
local record = KEYS[1]
local run, lease = ARGV[1], tonumber(ARGV[2])

local known = redis.call("HMGET", record, "run", "answer")
if known[1] ~= run or known[2] then
    return 0
end
redis.call("PEXPIRE", record, lease)
return 1
