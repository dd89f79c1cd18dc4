-- Spends a code of the app or a recovery code, and counts wrong ones.
--
-- KEYS[1]  mfa  drover:{usr_x}:mfa, a hash (see MfaKeys)
-- KEYS[2]  audit  drover:{usr_x}:audit, a stream: what was done, until it is in the audit log
-- ARGV[1]  kind          "step", "recovery", or "none" for a code that fits no step
-- ARGV[2]  value         the step, or the recovery code's hash
-- ARGV[3]  use           the intention it is spent on; "" when that cannot be repeated
-- ARGV[4]  failuresMax   wrong ones in a row before the account waits
-- ARGV[5]  firstPause    milliseconds; doubled with each further wrong one
-- ARGV[6]  longestPause  milliseconds
-- ARGV[7…9]    id, content, seal of the audit entry for a recovery code that is spent
-- ARGV[10…12]  id, content, seal of the audit entry for a wrong one
--
-- Returns  {"accepted"}           it is spent, now or by an earlier try of the same use
--          {"wrong"}              it fits nothing, or was spent before
--          {"paused", remaining}  milliseconds in which nothing is looked at; nothing was changed
--          {"absent"}             no second factor is active; nothing was changed
--
-- Atomic. A-21: a step counts once and none before it afterwards; a recovery code counts once. A-20: the audit entry is
-- part of the step.
local mfa, audit = KEYS[1], KEYS[2]
local kind, value, use = ARGV[1], ARGV[2], ARGV[3]
local failures_max, first_pause, longest_pause = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

local known = redis.call("HMGET", mfa, "state", "lastStep", "failures", "pausedUntil", "lastProof", "lastUse")
if known[1] ~= "active" then
    return { "absent" }
end
local proof = kind .. ":" .. value
if use ~= "" and known[6] == use and known[5] == proof then
    return { "accepted" }
end

local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local paused_until = tonumber(known[4] or "0")
if paused_until > now then
    return { "paused", string.format("%.0f", paused_until - now) }
end

local fits = false
if kind == "step" then
    fits = tonumber(value) > tonumber(known[2])
elseif kind == "recovery" then
    fits = redis.call("HDEL", mfa, "recovery:" .. value) == 1
end
if fits then
    if kind == "step" then
        redis.call("HSET", mfa, "lastStep", value)
    else
        redis.call("XADD", audit, "*", "id", ARGV[7], "content", ARGV[8], "seal", ARGV[9])
    end
    redis.call("HSET", mfa, "lastProof", proof, "lastUse", use, "failures", "0")
    return { "accepted" }
end

local failures = tonumber(known[3] or "0") + 1
redis.call("HSET", mfa, "failures", string.format("%.0f", failures))
redis.call("XADD", audit, "*", "id", ARGV[10], "content", ARGV[11], "seal", ARGV[12])
if failures >= failures_max then
    local pause = math.min(longest_pause, first_pause * 2 ^ math.min(failures - failures_max, 30))
    redis.call("HSET", mfa, "pausedUntil", string.format("%.0f", now + pause))
end
return { "wrong" }
