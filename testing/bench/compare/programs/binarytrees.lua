local function build(depth)
  if depth == 0 then return { left = nil, right = nil } end
  return { left = build(depth - 1), right = build(depth - 1) }
end
local function check(t) if t.left == nil then return 1 end return 1 + check(t.left) + check(t.right) end
local total = 0
for i = 1, 20 do total = total + check(build(14)) end
print(total)
