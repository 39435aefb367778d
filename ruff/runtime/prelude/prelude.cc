#include "ruff/runtime/prelude/prelude.h"

namespace ruff {
namespace {

constexpr PreludeFile kFiles[] = {
#include "ruff/runtime/prelude/prelude_files.inc"
};

}  // namespace

absl::Span<const PreludeFile> PreludeFiles() { return kFiles; }

}  // namespace ruff
