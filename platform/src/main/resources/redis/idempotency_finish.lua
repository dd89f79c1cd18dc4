-- Records the answer of the run that has the claim (I-1, I-2).
--
-- KEYS[1]  record  drover:{idem:x}:record, a hash (see idempotency_begin.lua)
-- ARGV[1]  run        the run's name
-- ARGV[2]  answer     encrypted
-- ARGV[3]  retention  milliseconds the answer is kept
--
-- Returns  1  the answer is recorded, by this call or an earlier one of this run
--          0  the claim is not this run's any more; nothing was changed
--
-- Atomic. Repeating it is harmless.
local record = KEYS[1]
local run, answer, retention = ARGV[1], ARGV[2], tonumber(ARGV[3])

local known = redis.call("HMGET", record, "run", "answer")
if known[1] ~= run then
    return 0
end
if not known[2] then
    local time = redis.call("TIME")
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    redis.call("HSET", record, "answer", answer, "answeredAtMillis", string.format("%d", now))
    redis.call("PEXPIRE", record, retention)
end
return 1
