-- Lua strings do not grow in place: building goes through a table, as its users do.
local find, sub = string.find, string.sub
local function run(n)
  local out = {}
  for i = 0, n - 1 do out[#out + 1] = string.format("%d", i) .. "," end
  local s = table.concat(out)
  local parts, from = {}, 1
  while true do
    local at = find(s, ",", from, true)
    if not at then break end
    parts[#parts + 1] = sub(s, from, at - 1)
    from = at + 1
  end
  parts[#parts + 1] = sub(s, from)
  local total = 0
  for i = 1, #parts do total = total + #parts[i] end
  return total
end
print(run(1000000))
