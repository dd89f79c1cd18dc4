local n = 0
request = function()
  n = n + 1
  return wrk.format('PUT', nil, { ['Content-Type'] = 'application/json', ['If-Match'] = '*', ['Authorization'] = wrk.headers['Authorization'] },
    '{"displayName":"Bench","bio":"' .. n .. '"}')
end
