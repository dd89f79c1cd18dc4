-- Each request is for the card of another account, so that none is in the cache; each of the two threads has a half of the accounts.
local threads = 0
local n
setup = function(thread)
  thread:set('first', threads * 200000)
  threads = threads + 1
end
request = function()
  n = (n or first) + 1
  return wrk.format('GET', string.format('/profiles/usr_%026d', n))
end
