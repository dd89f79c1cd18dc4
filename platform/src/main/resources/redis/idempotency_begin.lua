-- Claims an intention for one run of its request, or finds what became of it (I-1, I-2, I-3).
--
-- KEYS[1]  record  drover:{idem:x}:record, a hash: run, fingerprint and, once answered, answer, answeredAtMillis
-- ARGV[1]  run          this run's own random name; "" to look without claiming anything
-- ARGV[2]  fingerprint  of the request
-- ARGV[3]  lease        milliseconds the claim lasts unless renewed
-- ARGV[4]  superseded   the run whose answer no longer holds and gives way; "" for none
--
-- Returns  {"begun"}                          the claim is this run's
--          {"recorded", run, answer, age}     it was answered, age milliseconds ago; nothing was changed
--          {"free"}                           nobody has it, and who asked only looked; nothing was changed
--          {"running"}                        another run has it; nothing was changed
--          {"differs"}                        it stands for another request; nothing was changed
--
-- Atomic. The lease is the key's own time to live, so a run that died stops counting by Redis's clock alone. Repeating the call of a run
-- that has begun gives {"begun"} again.
local record = KEYS[1]
local run, fingerprint, lease, superseded = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]

local known = redis.call("HMGET", record, "run", "fingerprint", "answer", "answeredAtMillis")
local known_run, known_fingerprint, answer, answered_at = known[1], known[2], known[3], known[4]
if known_run then
    if known_fingerprint ~= fingerprint then
        return { "differs" }
    end
    if answer and known_run ~= superseded then
        local time = redis.call("TIME")
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        return { "recorded", known_run, answer, string.format("%d", math.max(0, now - answered_at)) }
    end
    if not answer and known_run ~= run then
        return { "running" }
    end
end

if run == "" then
    return { "free" }
end
redis.call("DEL", record)
redis.call("HSET", record, "run", run, "fingerprint", fingerprint)
redis.call("PEXPIRE", record, lease)
return { "begun" }
