-- Gives up the claim of a run whose answer is not to be recorded, so that a repeat need not wait for the lease to end (I-3).
--
-- KEYS[1]  record  drover:{idem:x}:record, a hash (see idempotency_begin.lua)
-- ARGV[1]  run  the run's name
--
-- Returns  1  the intention is free
--          0  the claim was not this run's any more, or it is answered; nothing was changed
--
-- Atomic. Repeating it is harmless.
local record = KEYS[1]
local run = ARGV[1]

local known = redis.call("HMGET", record, "run", "answer")
if known[1] ~= run or known[2] then
    return 0
end
redis.call("DEL", record)
return 1
