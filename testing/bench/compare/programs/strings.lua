-- Lua strings do not grow in place: building goes through a table, as its users do.
local function run(n)
  local out = {}
  for i = 0, n - 1 do out[#out + 1] = string.format("%d", i) .. "," end
  local s = table.concat(out)
  local total = 0
  for p in s:gmatch("([^,]*),") do total = total + #p end
  return total
end
print(run(1000000))
