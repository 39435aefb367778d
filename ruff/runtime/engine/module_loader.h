// Modules on disk: where `import m` finds its file, and what a loaded module exports.

#ifndef RUFF_RUNTIME_ENGINE_MODULE_LOADER_H_
#define RUFF_RUNTIME_ENGINE_MODULE_LOADER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ruff/lang/frontend/frontend.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/hooks.h"
#include "ruff/runtime/vm/link.h"

namespace ruff {

class Engine;

class FileModuleLoader : public ModuleLoader {
 public:
  FileModuleLoader(Engine& engine, std::string entry_path);

  // Limits for the files it compiles.
  void set_frontend_options(const FrontendOptions& options) { options_ = options; }

  Found Load(const LinkedModule* importer, std::string_view name, Value* out,
             std::string* error) override;
  Value Finished(std::string* error) override;
  std::string Failed(std::string_view message) override;
  bool Export(Value module_namespace, String* name, Value* out, std::string* error) override;
  void BindAll(LinkedModule* importer, Value module_namespace, String* name) override;

 private:
  struct Record {
    std::string name;  // as written in the import that loaded it
    std::string root;  // search root under which it was found
    std::string path;  // resolved
    int64_t size;
    int64_t modified_ns;
    LinkedModule* module = nullptr;
    Record* loaded_by = nullptr;  // null: the script
    bool running = true;
  };
  struct FileFound {
    std::string root;
    std::string path;
  };

  // False with *error set, also when there is no such file.
  bool FindFile(const Record* importer, std::string_view name, FileFound* found,
                std::string* error) const;
  std::vector<std::string> Roots(const Record* importer) const;
  Record* RecordOf(const LinkedModule* module) const;
  Value Namespace(const Record& record) const;

  Engine& engine_;
  std::string entry_directory_;
  FrontendOptions options_;
  std::vector<std::unique_ptr<Record>> records_;  // in order of loading
  std::vector<Record*> running_;                  // innermost last
  Record* current_ = nullptr;                     // imported last: what Export and BindAll speak of
};

}  // namespace ruff

#endif  // RUFF_RUNTIME_ENGINE_MODULE_LOADER_H_
