-- payment, order, amount, buyer, level 1, level 2; returns what was granted, a repeat the same.
local payment = 'payment:' .. ARGV[1]
local first = redis.call('HGET', payment, 'granted')
if first then
  return tonumber(first)
end
local rates = {10000, 30000, 20000}
local amount = tonumber(ARGV[3])
local granted = 0
for i = 1, 3 do
  local reward = math.floor(amount * rates[i] / 1000000)
  redis.call('HINCRBY', 'pool:' .. ARGV[3 + i], 'spendable', reward)
  redis.call('HSET', 'grant:' .. ARGV[1] .. ':' .. (i - 1), 'member', ARGV[3 + i], 'amount', reward)
  granted = granted + reward
end
redis.call('HSET', payment, 'order', ARGV[2], 'amount', amount, 'granted', granted)
redis.call('SET', 'order:' .. ARGV[2], ARGV[1])
redis.call('INCRBY', 'granted', granted)
return granted
