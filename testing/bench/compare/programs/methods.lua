local Counter = {}
Counter.__index = Counter
function Counter:next() self.n = self.n + self.step; return self.n end
function Counter:value() return self.n end
local c = setmetatable({ n = 0, step = 3 }, Counter)
local total = 0
for i = 1, 2000000 do c:next(); total = total + c:value() % 10 end
print(total)
