-- Counts an effect of a demonstration job, outside its queue: each step of a job once, whoever says it and how often, and none for whoever
-- lost the job to another.
--
-- KEYS[1]  hash: effects, repeated, refused    KEYS[2]  hash of job id to '<highest fencing token> <steps counted>'
-- ARGV[1]  job id    ARGV[2]  fencing token    ARGV[3]  step, from 1
-- ARGV[4]  how many jobs are known at most     ARGV[5]  how long after the last effect the two are kept, in ms
--
-- Returns 'counted'    it is the job's next step
--         'repeated'   the step had been counted
--         'refused'    a greater token was here, so the job is another's
--         'full'       too many jobs count here
-- Atomic (J-25). Costs O(1).

local tally_key, ledger_key = KEYS[1], KEYS[2]
local id, token, step = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local jobs_max, keep_ms = tonumber(ARGV[4]), ARGV[5]

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
return answer
