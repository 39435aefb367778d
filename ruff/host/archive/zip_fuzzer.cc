// Any bytes as an archive: whatever it says, nothing but its files comes into being, all of them
// below the output directory and within the limits.

#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/base/check.h"
#include "ruff/host/archive/zip_extractor.h"
#include "ruff/host/posix/tree.h"
#include "testing/base/file_text.h"
#include "testing/base/temp_dir.h"

namespace ruff {
namespace {

constexpr uint64_t kMaxTotalBytes = 64 * 1024 * 1024;
constexpr size_t kMaxFiles = 1024;

void Run(std::string_view content) {
  const TempDir place;
  const std::string out = place.Join("out");
  RUFF_CHECK(WriteFileText(place.Join("z.zip"), content));
  std::vector<std::string> files;
  const std::string message = ExtractZip(place.Join("z.zip"), out, &files);
  uint64_t total = 0;
  for (const std::string& file : files) {
    RUFF_CHECK(std::string_view(file).starts_with(out + "/"));
    RUFF_CHECK(file.find("/../") == std::string::npos);
    struct stat info;
    RUFF_CHECK(StatLink(file, &info).empty() && S_ISREG(info.st_mode));
    total += static_cast<uint64_t>(info.st_size);
  }
  RUFF_CHECK(files.size() <= kMaxFiles && total <= kMaxTotalBytes);
  std::vector<std::string> names;
  RUFF_CHECK(ListDirectory(place.path(), &names).empty());
  for (const std::string& name : names) RUFF_CHECK(name == "z.zip" || name == "out");
  if (message.empty()) RUFF_CHECK(names.size() == 2);
}

}  // namespace
}  // namespace ruff

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  ruff::Run(std::string_view(reinterpret_cast<const char*>(data), size));
  return 0;
}
