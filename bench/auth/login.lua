-- wrk: logs in with one account after the other. Usage: wrk … -s login.lua URL -- <accounts>
local accounts, next_account = 1, 0

function init(args)
  accounts = tonumber(args[1])
  next_account = math.random(accounts)
end

function request()
  next_account = next_account % accounts + 1
  return wrk.format("POST", "/auth/login", { ["Content-Type"] = "application/json" },
    '{"email":"bench' .. next_account .. '@example.org","password":"a long enough secret"}')
end

