#include "ruff/host/posix/environment.h"

#include <stdlib.h>

#include <algorithm>
#include <cstddef>
#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"

extern "C" char** environ;

namespace ruff {
namespace {

class Environment {
 public:
  static Environment& Shared() {
    static auto* const shared = new Environment();
    return *shared;
  }

  void Set(std::string_view name, std::string_view value) {
    absl::MutexLock lock(&mutex_);
    // Somebody else may have replaced or shortened the table.
    const bool is_ours = environ == table_ && (size_ == 0 || table_[size_ - 1] != nullptr);
    if (!is_ours || size_ == capacity_) MoveToLargerTable();
    const std::string& kept = *kept_.insert(absl::StrCat(name, "=", value)).first;
    char* const entry = const_cast<char*>(kept.c_str());
    const auto [place, is_new] =
        places_.try_emplace(std::string_view(kept).substr(0, name.size()), size_);
    __atomic_store_n(&table_[place->second], entry, __ATOMIC_RELEASE);
    if (is_new) ++size_;
  }

  std::vector<std::string> Entries() {
    absl::MutexLock lock(&mutex_);
    std::vector<std::string> entries;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
      entries.emplace_back(*entry);
    }
    return entries;
  }

 private:
  void MoveToLargerTable() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    size_ = 0;
    while (environ != nullptr && environ[size_] != nullptr) ++size_;
    capacity_ = 2 * size_ + 16;
    auto table = std::make_unique<char*[]>(capacity_ + 1);  // null at the end
    std::copy_n(environ, size_, table.get());
    table_ = table.get();
    tables_.push_back(std::move(table));
    places_.clear();
    for (size_t i = 0; i < size_; ++i) places_.try_emplace(NameOfEntry(table_[i]), i);
    __atomic_store_n(&environ, table_, __ATOMIC_RELEASE);
  }

  absl::Mutex mutex_;
  char** table_ ABSL_GUARDED_BY(mutex_) = nullptr;  // that `environ` should point to
  size_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t capacity_ ABSL_GUARDED_BY(mutex_) = 0;
  std::vector<std::unique_ptr<char*[]>> tables_ ABSL_GUARDED_BY(mutex_);  // all there were
  absl::node_hash_set<std::string> kept_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_map<std::string, size_t> places_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

bool IsVariableName(std::string_view name) {
  return !name.empty() && name.find('=') == std::string_view::npos &&
         name.find('\0') == std::string_view::npos;
}

const char* FindVariable(std::string_view name) {
  return IsVariableName(name) ? getenv(std::string(name).c_str()) : nullptr;
}

void SetVariable(std::string_view name, std::string_view value) {
  Environment::Shared().Set(name, value);
}

std::vector<std::string> EnvironmentEntries() { return Environment::Shared().Entries(); }

std::string_view NameOfEntry(std::string_view entry) {
  return entry.substr(0, entry.empty() ? 0 : entry.find('=', 1));
}

}  // namespace ruff
