-- Reads a page of the accounts that follow a channel, in the order of their ids.
--
-- KEYS  1 leases, 2 members, 3 counts  as in presence_report
-- ARGV  1 after  the last account of the page before; empty for the first page
--       2 limit  accounts at most
--
-- Returns {members, {instance, ...}, account, connections, ...}  how many members there are in all, instances whose word has run out and that are
--         to be swept before this is believed, the page
--
-- Atomic, writes nothing. Costs the page, however many members there are.

local leases, members, counts = KEYS[1], KEYS[2], KEYS[3]
local after, limit = ARGV[1], ARGV[2]
local expired_max = 8

local time = redis.call('TIME')
local now_ms = string.format('%.0f', tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000))
local answer = {
  redis.call('ZCARD', members),
  redis.call('ZRANGEBYSCORE', leases, '-inf', now_ms, 'LIMIT', 0, expired_max),
}
local from = after == '' and '-' or '(' .. after
local page = redis.call('ZRANGEBYLEX', members, from, '+', 'LIMIT', 0, limit)
if #page > 0 then
  local connections = redis.call('HMGET', counts, unpack(page))
  for i, account in ipairs(page) do
    answer[#answer + 1] = account
    answer[#answer + 1] = connections[i] or '0'
  end
end
return answer
