#include "ruff/host/file/write_file.h"

#include <fcntl.h>

#include <string>

#include "ruff/host/failure.h"
#include "ruff/host/posix/file.h"
#include "ruff/host/posix/whole_file.h"

namespace ruff {
namespace {

FailureText CheckSize(std::string_view content) {
  const uint64_t limit = MaxFileBytes();
  if (content.size() <= limit) return FailureText();
  return absl::StrCat("payload exceeds maximum write size (", content.size(), " bytes > ", limit,
                      " bytes)");
}

}  // namespace

bool ReadOverwrite(NativeContext& context, std::string_view name, const Value* args, uint32_t count,
                   bool* overwrite) {
  *overwrite = false;
  if (count < 3) return true;
  if (!args[2].Is(Kind::kBool)) {
    context.Fail(absl::StrCat(name, " optional overwrite flag must be a bool"));
    return false;
  }
  *overwrite = args[2].b;
  return true;
}

Value WriteContent(NativeContext& context, Value path, std::string_view content, bool overwrite,
                   std::string_view what) {
  constexpr std::string_view kCannotWrite = "Cannot write file";
  const std::string file(TextOf(path));
  if (FailureText failure = CheckSize(content); !failure.empty()) {
    return FailOn(context, kCannotWrite, file, failure);
  }
  const FailureText failure =
      WriteWholeFile(file, content, overwrite ? IfExists::kTruncate : IfExists::kRefuse);
  if (failure == kFileExists) {
    return FailOn(context, kCannotWrite, file,
                  absl::StrCat(failure, " (pass overwrite=true to replace it)"));
  }
  return TrueOrFail(context, what, file, failure);
}

Value AppendContent(NativeContext& context, Value path, std::string_view content,
                    std::string_view what) {
  const std::string name(TextOf(path));
  if (FailureText failure = CheckSize(content); !failure.empty()) {
    return FailOn(context, what, name, failure);
  }
  File file;
  if (FailureText failure = file.Open(name, O_WRONLY | O_CREAT | O_APPEND); !failure.empty()) {
    return FailOn(context, "Cannot open file", name, failure);
  }
  FailureText failure = file.Write(content);
  if (failure.empty()) failure = file.Close();
  return TrueOrFail(context, what, name, failure);
}

}  // namespace ruff
