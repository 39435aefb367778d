local function matrix(n, seed)
  local rows = {}
  for i = 0, n - 1 do
    local row = {}
    for j = 0, n - 1 do row[j] = ((i * seed + j) % 10) + 0.5 end
    rows[i] = row
  end
  return rows
end
local function multiply(a, b, n)
  local out = {}
  for i = 0, n - 1 do
    local row, ai = {}, a[i]
    for j = 0, n - 1 do
      local sum = 0.0
      for k = 0, n - 1 do sum = sum + ai[k] * b[k][j] end
      row[j] = sum
    end
    out[i] = row
  end
  return out
end
local n = 200
local c = multiply(matrix(n, 3), matrix(n, 7), n)
print(string.format("%.14g", c[10][20] + c[199][199]))
