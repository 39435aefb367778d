#include "ruff/runtime/engine/module_loader.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "ruff/runtime/engine/engine.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

std::string DirectoryOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(slash == 0 ? "/" : path.substr(0, slash));
}

std::string BaseNameOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

// Symbolic links resolved; empty when the path leads nowhere.
std::string Resolve(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) == nullptr ? std::string() : std::string(buffer);
}

bool IsInside(std::string_view path, std::string_view root) {
  return root == "/" ||
         (absl::StartsWith(path, root) && path.size() > root.size() && path[root.size()] == '/');
}

std::string Position(const SourceBuffer& source, const Diagnostic& diagnostic) {
  const LineColumn at = source.Locate(diagnostic.offset);
  return absl::StrCat(at.line, ":", at.column);
}

}  // namespace

FileModuleLoader::FileModuleLoader(Engine& engine, std::string entry_path)
    : engine_(engine),
      entry_directory_(entry_path.empty() ? std::string() : DirectoryOf(entry_path)) {}

std::vector<std::string> FileModuleLoader::Roots(const Record* importer) const {
  std::vector<std::string> roots;
  const auto add = [&](std::string root) {
    if (!root.empty() && std::find(roots.begin(), roots.end(), root) == roots.end()) {
      roots.push_back(std::move(root));
    }
  };
  if (importer != nullptr) add(importer->root);
  add(Resolve("."));
  add(Resolve("./modules"));
  if (!entry_directory_.empty()) {
    const std::string directory = Resolve(entry_directory_);
    add(directory);
    if (BaseNameOf(directory) == "src") add(DirectoryOf(directory));
  }
  for (const auto& record : records_) add(DirectoryOf(record->path));
  return roots;
}

bool FileModuleLoader::FindFile(const Record* importer, std::string_view name, FileFound* found,
                                std::string* error) const {
  std::vector<std::string> candidates = {absl::StrCat(name, ".ruff")};
  if (absl::StrContains(name, '.')) {
    candidates.push_back(absl::StrCat(absl::StrReplaceAll(name, {{".", "/"}}), ".ruff"));
  }
  for (const std::string& root : Roots(importer)) {
    for (const std::string& candidate : candidates) {
      const std::string path = Resolve(absl::StrCat(root, "/", candidate));
      if (path.empty()) continue;
      if (!IsInside(path, root)) {
        *error = absl::StrCat("Unsafe module import '", name, "': resolved path '", path,
                              "' escapes module search root '", root, "'");
        return false;
      }
      *found = FileFound{root, path};
      return true;
    }
  }
  *error = absl::StrCat("Module not found: ", name, "; Check that '", name,
                        "' exists as a flat <module>.ruff file or a nested src/... path under the "
                        "package root, and confirm "
                        "the import name matches the on-disk layout.");
  return false;
}

FileModuleLoader::Record* FileModuleLoader::RecordOf(const LinkedModule* module) const {
  for (const auto& record : records_) {
    if (record->module == module) return record.get();
  }
  return nullptr;
}

ModuleLoader::Found FileModuleLoader::Load(const LinkedModule* importer, std::string_view name,
                                           Value* out, std::string* error) {
  Record* from = RecordOf(importer);
  FileFound file;
  if (!FindFile(from, name, &file, error)) return Found::kFailed;
  struct stat info = {};
  stat(file.path.c_str(), &info);
  const int64_t modified_ns = info.st_mtim.tv_sec * int64_t{1'000'000'000} + info.st_mtim.tv_nsec;

  for (const auto& record : records_) {
    if (record->path != file.path) continue;
    if (record->running) {
      std::string chain(name);
      for (const Record* r = from; r != nullptr; r = r->loaded_by) {
        chain = absl::StrCat(r->name, " -> ", chain);
        if (r == record.get()) break;
      }
      *error = absl::StrCat("Circular import detected: ", chain);
      return Found::kFailed;
    }
    if (record->size != info.st_size || record->modified_ns != modified_ns) {
      record->path.clear();  // the file has changed since: a new record takes its place
      continue;
    }
    current_ = record.get();
    *out = Namespace(*record);
    return Found::kReady;
  }

  auto source = SourceBuffer::FromFile(file.path);
  if (!source.ok()) {
    *error = absl::StrCat("Failed to read module '", name, "': ", source.status().message());
    return Found::kFailed;
  }
  DiagnosticList diagnostics;
  Phase failed;
  std::unique_ptr<Module> module = CompileSource(*source, options_, &diagnostics, &failed);
  if (module == nullptr) {
    const Diagnostic& first = diagnostics[0];
    switch (failed) {
      case Phase::kLex:
        *error = absl::StrCat("Failed to tokenize module '", name, "': ", Position(*source, first),
                              ": ", first.message);
        break;
      case Phase::kParse:
        *error = absl::StrCat("Failed to parse module '", name, "': ", Position(*source, first),
                              ": ", first.message);
        break;
      case Phase::kCompile: {
        std::string_view message = first.message;
        constexpr std::string_view kPrefix = "Compilation error: ";
        if (absl::StartsWith(message, kPrefix)) message.remove_prefix(kPrefix.size());
        *error = absl::StrCat("Failed to evaluate module '", name, "': ", message);
        break;
      }
    }
    return Found::kFailed;
  }
  LinkedModule* linked =
      engine_.Link(std::move(module), std::make_unique<SourceBuffer>(*std::move(source)));
  records_.push_back(std::make_unique<Record>(Record{.name = std::string(name),
                                                     .root = file.root,
                                                     .path = file.path,
                                                     .size = info.st_size,
                                                     .modified_ns = modified_ns,
                                                     .module = linked,
                                                     .loaded_by = from}));
  running_.push_back(records_.back().get());
  *out = Value::Heap(engine_.FileFunction(linked));
  return Found::kMustRun;
}

Value FileModuleLoader::Finished(std::string* error) {
  Record* record = running_.back();
  running_.pop_back();
  record->running = false;
  current_ = record;
  for (const auto& e : record->module->module().exports) {
    if (!e.is_enum && record->module->globals()[e.slot].Is(Kind::kUnset)) {
      *error = absl::StrCat("Exported symbol '", e.name, "' was not defined in module '",
                            record->name, "'");
      record->path.clear();
      return Value::Unset();
    }
  }
  return Namespace(*record);
}

std::string FileModuleLoader::Failed(std::string_view message) {
  Record* record = running_.back();
  running_.pop_back();
  record->running = false;
  record->path.clear();  // a later import runs it again
  return absl::StrCat("Failed to evaluate module '", record->name, "': ", message);
}

Value FileModuleLoader::Namespace(const Record& record) const {
  String* name = InternString(record.name);
  Shape* shape = RootShape(name);
  ReleaseObject(name);
  Struct* result = NewStruct(shape);
  for (const auto& e : record.module->module().exports) {
    if (e.is_enum) continue;
    String* field = InternString(e.name);
    result = StructSet(result, field, Retain(record.module->globals()[e.slot]));
    ReleaseObject(field);
  }
  return Value::Heap(result);
}

bool FileModuleLoader::Export(Value module_namespace, String* name, Value* out,
                              std::string* error) {
  for (const auto& e : current_->module->module().exports) {
    if (e.name != name->view()) continue;
    *out = e.is_enum ? Value::Unset() : Retain(StructGet(module_namespace.As<Struct>(), name));
    return true;
  }
  *error = absl::StrCat("Symbol '", name->view(), "' not found in module '", current_->name, "'");
  return false;
}

void FileModuleLoader::BindAll(LinkedModule* importer, Value module_namespace, String* name) {
  const auto bind = [&](std::string_view global, Value value) {
    const int32_t slot = importer->FindGlobal(global);
    if (slot >= 0) Release(std::exchange(importer->globals()[slot], Retain(value)));
  };
  bool shadowed = false;
  for (const auto& e : current_->module->module().exports) {
    if (e.name == name->view()) shadowed = true;
    if (!e.is_enum) bind(e.name, current_->module->globals()[e.slot]);
  }
  if (!shadowed) bind(name->view(), module_namespace);
}

}  // namespace ruff
