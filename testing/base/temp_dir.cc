#include "testing/base/temp_dir.h"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

#include "ruff/base/check.h"

namespace ruff {
namespace {

namespace fs = std::filesystem;

std::string Parent() {
  for (const char* name : {"TEST_TMPDIR", "TMPDIR"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && value[0] != '\0') return value;
  }
  return "/tmp";
}

// Lets the owner enter and empty every folder below `root`.
void MakeWritable(const fs::path& root) {
  std::error_code ignored;
  fs::permissions(root, fs::perms::owner_all, fs::perm_options::add, ignored);
  auto entry = fs::recursive_directory_iterator(root, ignored);
  for (; !ignored && entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    std::error_code error;
    if (entry->is_symlink(error) || !entry->is_directory(error)) continue;
    fs::permissions(entry->path(), fs::perms::owner_all, fs::perm_options::add, error);
  }
}

}  // namespace

TempDir::TempDir() {
  path_ = fs::absolute(Parent()).string() + "/ruff_test_XXXXXX";
  RUFF_CHECK(mkdtemp(path_.data()) != nullptr);
}

TempDir::~TempDir() {
  std::error_code error;
  fs::remove_all(path_, error);
  if (!error) return;
  MakeWritable(path_);
  fs::remove_all(path_, error);
}

}  // namespace ruff
