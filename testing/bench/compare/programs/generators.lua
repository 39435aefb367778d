local function upto(n) return coroutine.wrap(function() for i = 0, n - 1 do coroutine.yield(i) end end) end
local total = 0
for x in upto(3000000) do total = total + x end
print(string.format("%d", total))
