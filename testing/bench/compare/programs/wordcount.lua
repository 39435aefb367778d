-- The product stays below 2^53 when the multiplier is split.
local function run(n)
  local counts = {}
  local seed = 42
  for i = 1, n do
    local high, low = 16838, 20077
    seed = ((seed * high % 32768) * 65536 + seed * low + 12345) % 2147483648
    local word = "word" .. string.format("%d", seed % 5000)
    counts[word] = (counts[word] or 0) + 1
  end
  local best = 0
  for _, c in pairs(counts) do if c > best then best = c end end
  return best
end
print(run(1000000))
