local floor = math.floor
local function quicksort(a, low, high)
  while low < high do
    local pivot = a[floor((low + high) / 2)]
    local i, j = low, high
    while i <= j do
      while a[i] < pivot do i = i + 1 end
      while a[j] > pivot do j = j - 1 end
      if i <= j then a[i], a[j] = a[j], a[i]; i = i + 1; j = j - 1 end
    end
    if j - low < high - i then quicksort(a, low, j); low = i else quicksort(a, i, high); high = j end
  end
end
local function run(n)
  local a, seed = {}, 7
  for i = 0, n - 1 do seed = (seed * 16807) % 2147483647; a[i] = seed end
  quicksort(a, 0, n - 1)
  return a[floor(n / 2)]
end
print(string.format("%d", run(500000)))
