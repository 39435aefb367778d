#include "ruff/reference/chapter.h"

#include <initializer_list>

#include "absl/types/span.h"
#include "ruff/async/builtins/families.h"
#include "ruff/database/families.h"
#include "ruff/host/families.h"
#include "ruff/network/ai/families.h"
#include "ruff/network/http_client/families.h"
#include "ruff/network/http_server/families.h"
#include "ruff/network/oauth2/families.h"
#include "ruff/network/tcp/families.h"
#include "ruff/network/udp/families.h"
#include "ruff/runtime/builtins/families.h"

namespace ruff {
namespace {

Chapter MakeChapter(std::string_view title, std::string_view introduction,
                    std::initializer_list<absl::Span<const NativeFunction>> tables) {
  Chapter chapter = {title, introduction, {}};
  for (const absl::Span<const NativeFunction> table : tables) {
    for (const NativeFunction& native : table) {
      if ((native.flags & NativeFunction::kHidden) == 0) chapter.functions.push_back(&native);
    }
  }
  return chapter;
}

}  // namespace

const std::vector<Chapter>& ReferenceChapters() {
  static const auto* const chapters = new std::vector<Chapter>{
#define RUFF_CHAPTER(title, introduction, ...) MakeChapter(title, introduction, {__VA_ARGS__}),
#include "ruff/reference/chapter.def"
  };
  return *chapters;
}

}  // namespace ruff
