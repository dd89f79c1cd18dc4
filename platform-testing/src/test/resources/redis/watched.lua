-- Keeps to its keys, and is written over lines, with "quotes" and a "ü", none of which is as it was when Redis tells of it.
--
-- KEYS  1 written  hash: f
--       2 read     a string
-- ARGV  1 the field's value
-- Returns what is read, or false
redis.call('HSET', KEYS[1], 'f', ARGV[1])
return redis.call('GET', KEYS[2])
