// ZIP archives: written through a handle, taken apart in one call.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ruff/host/archive/zip_extractor.h"
#include "ruff/host/archive/zip_writer.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/runtime/value/handle.h"

namespace ruff {
namespace {

constexpr std::string_view kCreateType = "zip_create requires a string path argument";
constexpr std::string_view kAddFileType =
    "zip_add_file requires (ZipArchive, string_path) arguments";
constexpr std::string_view kAddDirType = "zip_add_dir requires (ZipArchive, string_path) arguments";
constexpr std::string_view kCloseType = "zip_close requires a ZipArchive argument";
constexpr std::string_view kUnzipType =
    "unzip requires (string_zip_path, string_output_dir) arguments";

constexpr std::string_view kClosed = "Zip archive has been closed";
constexpr std::string_view kClosedBefore = "Zip archive has already been closed";

class ZipArchive : public HandleState {
 public:
  static constexpr std::string_view kType = "ziparchive";
  std::string_view type() const override { return kType; }
  std::string_view title() const override { return "ZipArchive"; }

  ZipWriter writer;
};

Value TrueOrFail(NativeContext& context, std::string message) {
  return message.empty() ? Value::Bool(true) : context.Fail(std::move(message));
}

Value Create(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kCreateType));
  const std::string path(TextOf(args[0]));
  auto archive = std::make_unique<ZipArchive>();
  const FailureText failure = archive->writer.Create(path);
  if (!failure.empty()) return FailOn(context, "Failed to create zip file", path, failure);
  return NewHandle(std::move(archive));
}

template <std::string (ZipWriter::*kAdd)(const std::string&), const std::string_view& kTypeError>
Value Add(NativeContext& context, Value* args, uint32_t) {
  auto* archive = StateAs<ZipArchive>(args[0]);
  if (archive == nullptr || !args[1].IsString()) return context.Fail(std::string(kTypeError));
  if (!archive->writer.open()) return context.Fail(std::string(kClosed));
  return TrueOrFail(context, (archive->writer.*kAdd)(std::string(TextOf(args[1]))));
}

Value Close(NativeContext& context, Value* args, uint32_t) {
  auto* archive = StateAs<ZipArchive>(args[0]);
  if (archive == nullptr) return context.Fail(std::string(kCloseType));
  if (!archive->writer.open()) return context.Fail(std::string(kClosedBefore));
  return TrueOrFail(context, archive->writer.Finish());
}

Value Unzip(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kUnzipType));
  std::vector<std::string> files;
  std::string message =
      ExtractZip(std::string(TextOf(args[0])), std::string(TextOf(args[1])), &files);
  if (!message.empty()) return context.Fail(std::move(message));
  Array* paths = NewArray();
  for (const std::string& file : files) ArrayPush(paths, NewText(file));
  return Value::Heap(paths);
}

constexpr NativeFunction kTable[] = {
    {.name = "zip_create",
     .min_args = 1,
     .max_args = 1,
     .body = Create,
     .capability = Capability::kFilesystemWrite,
     .signature = "zip_create(path: string) -> ziparchive",
     .doc = "Creates or empties a ZIP file, to be filled and then closed.",
     .example = "print(zip_create(\"a.zip\")) => <ziparchive>",
     .errors = "zip_create requires a string path argument\n"
               "Failed to create zip file 'P': REASON",
     .arity_error = kCreateType},
    {.name = "zip_add_file",
     .min_args = 2,
     .max_args = 2,
     .body = Add<&ZipWriter::AddFile, kAddFileType>,
     .capability = Capability::kFilesystemWrite,
     .signature = "zip_add_file(zip: ziparchive, path: string) -> bool",
     .doc = "Adds a file under its own name, without its directory.",
     .example = "write_file(\"a.txt\", \"hi\")\nz := zip_create(\"a.zip\")\n"
                "print(zip_add_file(z, \"a.txt\"), zip_close(z)) => true true",
     .errors = "zip_add_file requires (ZipArchive, string_path) arguments\n"
               "Zip archive has been closed\n"
               "Failed to read source file 'P': REASON\n"
               "Failed to start zip entry 'NAME': REASON\n"
               "Failed to write zip file 'P': REASON",
     .arity_error = kAddFileType},
    {.name = "zip_add_dir",
     .min_args = 2,
     .max_args = 2,
     .body = Add<&ZipWriter::AddDirectory, kAddDirType>,
     .capability = Capability::kFilesystemWrite,
     .signature = "zip_add_dir(zip: ziparchive, path: string) -> bool",
     .doc = "Adds what is in a directory, at any depth, in sorted order.",
     .example = "create_dir(\"d\")\nz := zip_create(\"a.zip\")\n"
                "print(zip_add_dir(z, \"d\"), zip_close(z)) => true true",
     .errors = "zip_add_dir requires (ZipArchive, string_path) arguments\n"
               "Zip archive has been closed\n"
               "Failed to read directory: REASON\n"
               "Failed to read 'P': REASON\n"
               "Failed to start zip entry 'NAME': REASON\n"
               "Failed to write zip file 'P': REASON",
     .arity_error = kAddDirType},
    {.name = "zip_close",
     .min_args = 1,
     .max_args = 1,
     .body = Close,
     .capability = Capability::kFilesystemWrite,
     .signature = "zip_close(zip: ziparchive) -> bool",
     .doc = "Completes the file.",
     .example = "z := zip_create(\"a.zip\")\nprint(zip_close(z)) => true",
     .errors = "zip_close requires a ZipArchive argument\n"
               "Zip archive has already been closed\n"
               "Failed to write zip file 'P': REASON",
     .arity_error = kCloseType},
    {.name = "unzip",
     .min_args = 2,
     .max_args = 2,
     .body = Unzip,
     .capability = Capability::kFilesystemWrite,
     .signature = "unzip(path: string, out_dir: string) -> array",
     .doc = "Extracts a ZIP file of at most 1024 entries and 64 MiB; the paths of the files.",
     .example = "write_file(\"a.txt\", \"hi\")\nz := zip_create(\"a.zip\")\n"
                "zip_add_file(z, \"a.txt\")\nzip_close(z)\n"
                "print(unzip(\"a.zip\", \"out\")) => [out/a.txt]",
     .errors = "unzip requires (string_zip_path, string_output_dir) arguments\n"
               "Failed to open file 'P': REASON\n"
               "Failed to open zip archive 'P': REASON\n"
               "Archive contains N entries which exceeds maximum entry count (1024)\n"
               "Failed to create output directory 'D': REASON\n"
               "Unsafe archive entry 'NAME': REASON\n"
               "Archive entry 'NAME' exceeds maximum per-entry size (N bytes > 16777216 bytes)\n"
               "Archive extraction exceeds maximum total extraction size "
               "(N bytes > 67108864 bytes)\n"
               "Failed to create directory 'P': REASON\n"
               "Failed to create parent directory for 'P': REASON\n"
               "Failed to create output file 'P': REASON\n"
               "Failed to extract file 'NAME': REASON",
     .arity_error = kUnzipType},
};

}  // namespace

absl::Span<const NativeFunction> ZipBuiltins() { return kTable; }

}  // namespace ruff
