#include "testing/generator/promise_helpers.h"

#include <algorithm>
#include <iterator>

#include "ruff/base/check.h"

namespace ruff::generator {
namespace {

// In a world that injects I/O errors `size` only takes longer, and the path decides what `lost`
// comes to.
struct Helper {
  std::string_view name;
  std::string_view text;
  std::string_view uses = {};  // one more
};
constexpr Helper kHelpers[] = {
    {"now", "async func now(v) { return v }\n"},
    {"later", R"(async func later(v, turns) {
    for turn in turns { await async_sleep(0) }
    return v
}
)"},
    {"timed", R"(async func timed(v, ms) {
    await async_sleep(ms)
    return v
}
)"},
    {"fail", R"(async func fail(v, turns) {
    for turn in turns { await async_sleep(0) }
    throw("boom ${v}")
}
)"},
    {"pair",
     "async func pair(v, turns) { return promise_all([later(v, turns), later(v + 1, 0)]) }\n",
     "later"},
    {"cancelled", R"(func cancelled(v) {
    p := later(v, 3)
    cancel_task(p)
    return p
}
)",
     "later"},
    {"size", R"(async func size(path) {
    loop {
        try { return len(await async_read_file(path)) } except e { await async_sleep(1) }
    }
}
)"},
    {"lost", R"ruff(async func lost(path) {
    loop {
        try { return await async_read_file(path) } except e {
            if ends_with(e.message, "(os error 20)") { throw(e.message) }
        }
    }
}
)ruff"},
    {"digest", R"(func digest(xs) {
    sum := 7
    for x in xs {
        if type(x) == "array" {
            for y in x { sum := (sum * 31 + y) % 1000003 }
        } else {
            sum := (sum * 31 + x) % 1000003
        }
    }
    return sum
}
)"},
};

}  // namespace

void UsedHelpers::Add(std::string_view name) {
  const auto* helper = std::find_if(std::begin(kHelpers), std::end(kHelpers),
                                    [name](const Helper& h) { return h.name == name; });
  RUFF_CHECK(helper != std::end(kHelpers));
  used_ |= uint32_t{1} << (helper - kHelpers);
  if (!helper->uses.empty()) Add(helper->uses);
}

void UsedHelpers::Write(Sink& program) const {
  for (size_t i = 0; i < std::size(kHelpers); ++i) {
    if ((used_ >> i & 1) != 0) program.Write(kHelpers[i].text);
  }
}

}  // namespace ruff::generator
