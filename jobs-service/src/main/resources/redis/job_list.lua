-- A page of the jobs that stand at one place of a queue: waiting in the order they would run, scheduled by due time, active by the end of
-- their lease, ended ones newest first.
--
-- KEYS     all keys of the queue (JobKeys.all)
-- ARGV[1]  place: 'waiting', 'grouped' (those that wait in a group), 'scheduled', 'active', 'succeeded', 'failed', 'dead' or 'cancelled'
-- ARGV[2]  the member the page before ended with, '' for the first page    ARGV[3]  its score
-- ARGV[4]  how many members to look at
-- ARGV[5]  type, '' for any    ARGV[6]  reason of its error, '' for any    ARGV[7]  owner, '' for any
--
-- Returns {'listed', last member looked at or '' when there are no more, its score, job...}
--         each job three: id, record, lease or '' (with a lease it is active, whatever the record says)
-- Atomic; changes nothing. Costs O(log n + looked at): a page begins at the rank of a member, or of its score when it has left the place.

--@include job_life

local place, at_member, at_score = ARGV[1], ARGV[2], ARGV[3]
local look_at = tonumber(ARGV[4])
local wanted = {type = ARGV[5], reason = ARGV[6], owner = ARGV[7]}

local members, score
if place == 'grouped' then
  members = redis.call('ZRANGEBYLEX', grouped_key, at_member == '' and '-' or '(' .. at_member, '+', 'LIMIT', 0, look_at)
  score = '0'
else
  local ended_key = ended_keys[place]
  local key = ended_key or ({waiting = waiting_key, scheduled = scheduled_key, active = active_key})[place]
  local start = 0
  if at_member ~= '' then
    local rank = redis.call(ended_key and 'ZREVRANK' or 'ZRANK', key, at_member)
    if rank then
      start = rank + 1
    elseif ended_key then
      start = redis.call('ZCOUNT', key, '(' .. at_score, '+inf')
    else
      start = redis.call('ZCOUNT', key, '-inf', '(' .. at_score)
    end
  end
  members = redis.call(ended_key and 'ZREVRANGE' or 'ZRANGE', key, start, start + look_at - 1)
  score = members[1] and redis.call('ZSCORE', key, members[#members]) or '0'
end

local function is_wanted(job)
  return (wanted.type == '' or job.type == wanted.type) and (wanted.owner == '' or job.owner == wanted.owner)
    and (wanted.reason == '' or (job.error and job.error.reason == wanted.reason) or false)
end

local answer = {'listed', #members == look_at and members[#members] or '', score}
if #members > 0 then
  local ids = {}
  for i, member in ipairs(members) do
    ids[i] = string.match(member, '[^ ]+$')
  end
  local leases = redis.call('HMGET', leases_key, unpack(ids))
  for i, record in ipairs(redis.call('HMGET', jobs_key, unpack(ids))) do
    if record and is_wanted(cjson.decode(record)) then
      answer[#answer + 1] = ids[i]
      answer[#answer + 1] = record
      answer[#answer + 1] = leases[i] or ''
    end
  end
end
return answer
