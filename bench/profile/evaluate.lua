wrk.method = 'POST'
wrk.headers['Content-Type'] = 'application/json'
wrk.body = '{"context":{"targetingKey":"user-1","plan":"free","app":"1.10.0"}}'
