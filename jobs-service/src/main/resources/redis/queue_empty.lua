-- Says whether there is anything in a queue but what it has counted, and removes that from an empty one.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  'look', or 'forget'
--
-- Returns 'empty'  there is no job, nothing on its way out and nothing an operator set; with 'forget' nothing at all any more
--         'used'   there is something; nothing was changed
-- Atomic: a job that was added meanwhile stays (J-28). Fencing tokens go on growing: those of the first lease after it begin at the time (job_lease).

--@include job_life

if redis.call('EXISTS', jobs_key, settings_key) > 0 or redis.call('XLEN', outbox_key) > 0 then
  return 'used'
end
if ARGV[1] == 'forget' then
  redis.call('UNLINK', unpack(KEYS))
end
return 'empty'
