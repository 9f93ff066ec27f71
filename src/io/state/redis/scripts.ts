/**
 * What runs inside Redis, each in one piece: nobody sees half of it, and the one clock is that of Redis. Every key
 * begins with the same hash tag, so that a cluster keeps all of them on one node.
 */

const NOW = `
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function int(n) return string.format('%.0f', n) end
`;

/** KEYS: a counter for each limit. ARGV: window, max and amount of each. Returns 1 and where windows start, or 0, which is full, and when it ends. */
export const RESERVE = `${NOW}
local used, starts, ends = {}, {}, {}
for i, key in ipairs(KEYS) do
  local window, max, amount = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  if used[key] == nil then
    local stored = redis.call('HMGET', key, 'starts', 'used')
    local start = math.floor(now / window) * window
    -- A clock that was put back must not give anybody a second helping: the later window goes on.
    if stored[1] and tonumber(stored[1]) >= start then
      starts[key], used[key] = tonumber(stored[1]), tonumber(stored[2])
    else
      starts[key], used[key] = start, 0
    end
    ends[key] = starts[key] + window
  end
  if used[key] + amount > max then return {0, int(i), int(ends[key])} end
  used[key] = used[key] + amount
end
local answer = {1}
for i, key in ipairs(KEYS) do
  redis.call('HSET', key, 'starts', int(starts[key]), 'used', string.format('%.17g', used[key]))
  redis.call('PEXPIREAT', key, int(ends[key] + 3600000))
  answer[i + 1] = int(starts[key])
end
return answer`;

/** KEYS: counters. ARGV: where the window started, and the amount, of each. */
export const GIVE_BACK = `
for i, key in ipairs(KEYS) do
  local stored = redis.call('HMGET', key, 'starts', 'used')
  if stored[1] and tonumber(stored[1]) == tonumber(ARGV[2 * i - 1]) then
    local used = math.max(0, tonumber(stored[2]) - tonumber(ARGV[2 * i]))
    redis.call('HSET', key, 'used', string.format('%.17g', used))
  end
end
return 1`;

/** KEYS: log, head. ARGV: the head that the rows follow (seq, digest), then each row and its digest. Appends only there; returns -1 where another row stands in that place. */
export const APPEND = `
local head = redis.call('HMGET', KEYS[2], 'seq', 'digest')
local seq, digest = tonumber(head[1] or 0), head[2] or string.rep('0', 64)
if seq ~= tonumber(ARGV[1]) or digest ~= ARGV[2] then
  local followed = redis.call('XRANGE', KEYS[1], ARGV[1] .. '-0', ARGV[1] .. '-0')[1]
  if followed and followed[2][4] ~= ARGV[2] then return {-1, seq, digest} end
  return {0, seq, digest}
end
for i = 3, #ARGV, 2 do
  seq = seq + 1
  digest = ARGV[i + 1]
  redis.call('XADD', KEYS[1], string.format('%.0f-0', seq), 'row', ARGV[i], 'digest', digest)
end
redis.call('HSET', KEYS[2], 'seq', string.format('%.0f', seq), 'digest', digest)
return {1, seq, digest}`;

/** KEYS: labels, tokens, ids, the grant. ARGV: label, id, hash of the token, servers, policy. */
export const ADD_GRANT = `${NOW}
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('HSET', KEYS[2], ARGV[3], ARGV[2])
redis.call('ZADD', KEYS[3], int(now), ARGV[2])
redis.call('HSET', KEYS[4], 'id', ARGV[2], 'label', ARGV[1], 'token', ARGV[3], 'servers', ARGV[4], 'created', int(now))
if ARGV[5] ~= '' then redis.call('HSET', KEYS[4], 'policy', ARGV[5]) end
return 1`;

/** KEYS: ids. ARGV: what the key of a grant begins with. */
export const LIST_GRANTS = `
local grants = {}
for i, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do grants[i] = redis.call('HGETALL', ARGV[1] .. id) end
return grants`;

/** KEYS: labels, tokens. ARGV: what the key of a grant begins with, label, hash of the new token; without one it is revoked. */
export const CHANGE_TOKEN = `${NOW}
local id = redis.call('HGET', KEYS[1], ARGV[2])
if not id then return 0 end
local grant = ARGV[1] .. id
redis.call('HDEL', KEYS[2], redis.call('HGET', grant, 'token'))
if ARGV[3] ~= '' then
  redis.call('HSET', KEYS[2], ARGV[3], id)
  redis.call('HSET', grant, 'token', ARGV[3], 'rotated', int(now))
else
  redis.call('HDEL', KEYS[1], ARGV[2])
  redis.call('HDEL', grant, 'token')
  redis.call('HSET', grant, 'revoked', int(now))
end
return 1`;

/** KEYS: tokens. ARGV: what the key of a grant begins with, hash of the token, how fine the last use is written. */
export const FIND_GRANT = `${NOW}
local id = redis.call('HGET', KEYS[1], ARGV[2])
if not id then return {} end
local grant = ARGV[1] .. id
local found = redis.call('HGETALL', grant)
if now - tonumber(redis.call('HGET', grant, 'used') or 0) >= tonumber(ARGV[3]) then
  redis.call('HSET', grant, 'used', int(now))
end
return found`;

/** KEYS: ids, the approval. ARGV: id, how long it waits, the call, its arguments. */
export const ASK = `${NOW}
local ends = now + tonumber(ARGV[2])
redis.call('HSET', KEYS[2], 'id', ARGV[1], 'state', 'pending', 'asked', int(now), 'expires', int(ends),
  'call', ARGV[3], 'args', ARGV[4])
redis.call('PEXPIREAT', KEYS[2], int(ends + 1000))
redis.call('ZADD', KEYS[1], int(now), ARGV[1])
return 1`;

/** KEYS: ids, the approval. ARGV: id. With the answer it goes. */
export const LOOK = `${NOW}
local stored = redis.call('HMGET', KEYS[2], 'state', 'expires')
local state = stored[1]
if state == 'pending' and tonumber(stored[2]) > now then return 'pending' end
redis.call('DEL', KEYS[2])
redis.call('ZREM', KEYS[1], ARGV[1])
if not state or state == 'pending' then return 'expired' end
return state`;

/** KEYS: ids. ARGV: what the key of an approval begins with. */
export const LIST_APPROVALS = `${NOW}
local found = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local approval = redis.call('HGETALL', ARGV[1] .. id)
  local stored = redis.call('HMGET', ARGV[1] .. id, 'state', 'expires')
  if #approval == 0 then redis.call('ZREM', KEYS[1], id)
  elseif stored[1] == 'pending' and tonumber(stored[2]) > now then found[#found + 1] = approval end
end
return found`;

/** KEYS: the approval. ARGV: the decision. The arguments go with it. */
export const DECIDE = `${NOW}
local stored = redis.call('HMGET', KEYS[1], 'state', 'expires')
if stored[1] ~= 'pending' or tonumber(stored[2]) <= now then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[1])
redis.call('HDEL', KEYS[1], 'args')
return 1`;
