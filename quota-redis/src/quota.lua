-- One quota of a fleet: spaces permits evenly by the server's clock, in whole microseconds, and gives each worker a place.
--
-- KEYS  the quota; its workers by when they were last seen; its workers by their places
-- ARGV  worker's id, interval between permits, permits wanted (0: only a sign of life, -1: leaves), how far ahead a permit may
--       lie, time after which nobody waits for the reply (0: unknown), until when permits were given as far as the worker knows,
--       how long all workers take to come back, whether this one has lived on its own share (1)
-- gives permits, when the first may be used, now, when the next permit is free, the worker's place, how many there are, how many
--       there were before, from when on all workers know how many there are, until when this one may live on its share
local SILENCE, SEEN, SETTLING, KEPT, LEASE, FARTHEST, DAY = 450000, 10000000, 3000000, 60000, 100000, 10000000, 86400000
local text = function(number) return string.format('%.0f', number) end

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local id, interval, wanted, horizon = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local deadline, known, grace, alone = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8] == '1'

if wanted < 0 then
  redis.call('ZADD', KEYS[2], 'XX', 0, id)
  return {0, 0, now, 0, 0, 0, 0, 0, 0}
end
-- It waited in a queue of the server's, such as while that was paused: its worker asks anew.
if deadline > 0 and now > deadline then
  return {0, 0, now, 0, 0, 0, 0, 0, 0}
end

-- First what a server without memory refuses: the script then fails before it has changed anything.
redis.call('ZADD', KEYS[2], text(now), id)
local workers = redis.call('ZCARD', KEYS[3])
local others = workers > 0
local oldest = now - math.max(SEEN, workers * 4000)
local place = redis.call('ZSCORE', KEYS[3], id)
if not place then
  -- A place never changes its number, as workers that are not reached take turns by it: a new one takes over from one that is
  -- gone, or comes last.
  local gone = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. text(oldest), 'LIMIT', 0, 1)[1]
  place = gone and redis.call('ZSCORE', KEYS[3], gone) or workers
  if gone then
    redis.call('ZREM', KEYS[2], gone)
    redis.call('ZREM', KEYS[3], gone)
  end
  redis.call('ZADD', KEYS[3], place, id)
end
for _ = 1, 10 do
  local last = redis.call('ZREVRANGE', KEYS[3], 0, 0)[1]
  if (tonumber(redis.call('ZSCORE', KEYS[2], last)) or 0) >= oldest then break end
  redis.call('ZREM', KEYS[2], last)
  redis.call('ZREM', KEYS[3], last)
end
workers = redis.call('ZCARD', KEYS[3])
-- In large fleets a few come and go all the time; the number of places stays.
local step = 1
while workers >= 32 * step do step = step * 2 end
local places = math.ceil(workers / step) * step

local state = redis.call('HMGET', KEYS[1], 'free', 'since', 'last', 'places', 'before', 'settled')
for index = 1, 6 do state[index] = tonumber(state[index]) or 0 end
local free, since, last, before, settled = state[1], state[2], state[3], state[5], state[6]
if state[4] ~= places then
  if now >= settled then before = state[4] end
  settled = now + SETTLING + places * 2000
end
if now - last > SILENCE then since = now end
-- Further ahead than anyone was given a permit: the server's clock was set back, or another server has taken over.
if free > now + horizon + FARTHEST then free = now + grace end
-- What the server knew is lost, or a part of it: the worker knows better, and others better still.
if known > free then free = math.min(known, now + horizon) + grace end
-- Nobody reached the server for a while, and others may still live on their share: this worker has, or there are others of which
-- a new one knows nothing. A server that knows nothing may have lost all.
local shares = 0
if (alone or last == 0 or known == 0 and others) and now - since < grace then
  shares = since + grace
  free = math.max(free, shares)
end

local granted, slot = 0, math.max(now, free)
if wanted > 0 and slot - now <= horizon then
  granted = math.min(wanted, math.max(1, math.floor(LEASE / interval)))
  free = slot + granted * interval
end

redis.call('HSET', KEYS[1], 'free', text(free), 'since', text(since), 'last', text(now), 'places', places, 'before', before,
  'settled', text(settled))
local kept = math.max(KEPT, workers * 16)
redis.call('PEXPIRE', KEYS[1], DAY)
redis.call('PEXPIRE', KEYS[2], kept)
redis.call('PEXPIRE', KEYS[3], kept)
return {granted, slot, now, free, tonumber(place), places, before, settled, shares}
