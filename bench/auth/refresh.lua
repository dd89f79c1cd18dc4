-- wrk: every thread has one connection and one session, and trades its refresh token for the next one. Usage: wrk … -s refresh.lua URL -- <token> …
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("place", threads)
end

function init(args)
  token = args[place]
end

function request()
  return wrk.format("POST", "/auth/refresh", { ["Content-Type"] = "application/json" },
    '{"refreshToken":"' .. token .. '"}')
end

function response(status, headers, body)
  token = body:match('"refreshToken":"([^"]+)"') or token
end
