-- How the record of a job becomes that of one that has succeeded. Stands after job_life, where now_text and runs_max (how many past runs a
-- record keeps) are known.

-- What a lease says beside its token, nil when that is another: taken apart once for all that were handed out together.
local batches = {}
local function terms_of(lease, token)
  if string.sub(lease, 1, #token) ~= token then
    return nil
  end
  local rest = string.sub(lease, #token + 1)
  if batches[rest] == nil then
    local started_at, until_ms, worker = string.match(rest, '^ (%d+) (%d+) (.*)$')
    batches[rest] = started_at
      and {is_live = tonumber(until_ms) > now_ms, started_at = started_at, worker = worker, fresh = {}} or false
  end
  return batches[rest] or nil
end

-- The end of the record of a job that never ran before, as it was added, and what becomes of it before and after the token: spares taking
-- the record apart and writing it anew. It is the same for all that were added and handed out together.
local FRESH = '^,"state":"%a+","spent":0,("crashes":0,"createdAt":%d+,"readyAt":%d+)}$'
local function fresh_end(tail, terms)
  if terms.fresh[tail] == nil then
    local times = string.match(tail, FRESH)
    terms.fresh[tail] = times and {
      ',"state":"succeeded","spent":1,' .. times .. ',"progress":100,"settled":',
      ',"endedAt":' .. now_text .. ',"runs":[{"attempt":1,"worker":' .. cjson.encode(terms.worker) .. ',"startedAt":'
        .. terms.started_at .. ',"endedAt":' .. now_text .. ',"outcome":"succeeded"}]}',
    } or false
  end
  return terms.fresh[tail]
end

local function done(record, token, terms)
  local tail_at = string.find(record, ',"state":"', 1, true)
  local fresh = tail_at and fresh_end(string.sub(record, tail_at), terms)
  if fresh then
    return string.sub(record, 1, tail_at - 1) .. fresh[1] .. token .. fresh[2]
  end
  local job = cjson.decode(record)
  job.spent = job.spent + 1
  job.runs = job.runs or {}
  table.insert(job.runs, {
    attempt = job.spent, worker = terms.worker, startedAt = tonumber(terms.started_at), endedAt = now_ms, outcome = 'succeeded',
  })
  if #job.runs > runs_max then
    table.remove(job.runs, 1)
  end
  job.state, job.settled, job.endedAt, job.progress, job.error = 'succeeded', tonumber(token), now_ms, 100, nil
  return cjson.encode(job)
end
