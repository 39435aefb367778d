// A fresh folder that lives as long as its object.

#ifndef RUFF_TESTING_BASE_TEMP_DIR_H_
#define RUFF_TESTING_BASE_TEMP_DIR_H_

#include <string>
#include <string_view>

namespace ruff {

// The folder is made below TEST_TMPDIR, else TMPDIR, else /tmp, and removed with all it contains,
// also what was made unwritable. Links are not followed.
class TempDir {
 public:
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::string& path() const { return path_; }  // absolute
  std::string Join(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

}  // namespace ruff

#endif  // RUFF_TESTING_BASE_TEMP_DIR_H_
