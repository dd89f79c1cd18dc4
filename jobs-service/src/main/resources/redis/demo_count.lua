-- Counts an effect of a demonstration job, outside its queue: each step of a job once, whoever says it and how often, and none for whoever
-- lost the job to another.
--
-- KEYS[1]  hash: effects, repeated, refused    KEYS[2]  hash of job id to '<highest fencing token> <steps counted>'
-- KEYS[3]  sorted set: the account's counters by when they end, in ms    KEYS[4]  there while the account is erased
-- ARGV[1]  job id    ARGV[2]  fencing token    ARGV[3]  step, from 1
-- ARGV[4]  how many jobs are known at most     ARGV[5]  how long after the last effect the two are kept, in ms
-- ARGV[6]  the counter's name    ARGV[7]  how many of them an account has at most
--
-- Returns 'counted'    it is the job's next step
--         'repeated'   the step had been counted
--         'refused'    a greater token was here, so the job is another's; or the account is erased
--         'full'       too many jobs count here, or the account has too many counters
-- Atomic (J-25). Costs O(1).

local tally_key, ledger_key = KEYS[1], KEYS[2]
local id, token, step = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local jobs_max, keep_ms = tonumber(ARGV[4]), tonumber(ARGV[5])
local names, name, names_max = KEYS[3], ARGV[6], tonumber(ARGV[7])

if redis.call('EXISTS', KEYS[4]) == 1 then
  return 'refused'
end
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
if not redis.call('ZSCORE', names, name) then
  redis.call('ZREMRANGEBYSCORE', names, '-inf', string.format('%.0f', now))
  if redis.call('ZCARD', names) >= names_max then
    return 'full'
  end
end

local entry = redis.call('HGET', ledger_key, id)
if not entry and redis.call('HLEN', ledger_key) >= jobs_max then
  return 'full'
end
local highest, counted = string.match(entry or '0 0', '^(%d+) (%d+)$')
highest, counted = tonumber(highest), tonumber(counted)

local answer, field = 'counted', 'effects'
if token < highest then
  answer, field = 'refused', 'refused'
elseif step <= counted then
  answer, field = 'repeated', 'repeated'
end
if answer ~= 'refused' then
  redis.call('HSET', ledger_key, id, string.format('%.0f %.0f', token, math.max(step, counted)))
end
redis.call('HINCRBY', tally_key, field, 1)
redis.call('PEXPIRE', tally_key, keep_ms)
redis.call('PEXPIRE', ledger_key, keep_ms)
redis.call('ZADD', names, string.format('%.0f', now + keep_ms), name)
redis.call('PEXPIRE', names, keep_ms)
return answer
