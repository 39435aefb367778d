local function map(xs, f) local out = {}; for i = 1, #xs do out[i] = f(xs[i]) end; return out end
local function filter(xs, f) local out = {}; for i = 1, #xs do if f(xs[i]) then out[#out + 1] = xs[i] end end; return out end
local function reduce(xs, init, f) local acc = init; for i = 1, #xs do acc = f(acc, xs[i]) end; return acc end
local total, xs = 0, {}
for i = 0, 199999 do xs[i + 1] = i end
for round = 1, 10 do
  local squares = map(xs, function(x) return x * x end)
  local even = filter(squares, function(x) return x % 2 == 0 end)
  total = total + reduce(even, 0, function(a, x) return a + x % 1000 end)
end
print(string.format("%d", total))
