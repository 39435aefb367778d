// Bytes of files: whole ones, and ranges.

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <string>

#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/file/write_file.h"
#include "ruff/host/posix/file.h"
#include "ruff/host/posix/tree.h"
#include "ruff/host/posix/whole_file.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr std::string_view kReadType = "read_binary_file requires a string path argument";
constexpr std::string_view kMetadataType = "io_file_metadata requires a string path argument";
constexpr std::string_view kWriteBytesType =
    "io_write_bytes requires path (string) and bytes arguments";
constexpr std::string_view kAppendBytesType =
    "io_append_bytes requires path (string) and bytes arguments";
constexpr std::string_view kWriteAtType =
    "io_write_at requires path (string), bytes, and offset (int) arguments";
constexpr std::string_view kCopyType =
    "io_copy_range requires source (string), dest (string), offset (int), and count (int) "
    "arguments";

constexpr uint64_t kCopyAtOnce = uint64_t{1} << 20;

Value NewBytesOrFail(NativeContext& context, std::string_view name, std::string_view content) {
  if (!Heap::Current()->CanAllocate(content.size())) return FailTooLarge(context, name);
  return Value::Heap(NewBytes(content));
}

// A number of bytes: an int or a float that is not negative. False after making the call fail.
bool ReadAmount(NativeContext& context, std::string_view what, Value argument, uint64_t* amount) {
  if (!argument.IsNumber() || !(FloatOf(argument) >= 0)) {
    context.Fail(absl::StrCat(what, " must be non-negative"));
    return false;
  }
  *amount = static_cast<uint64_t>(IntOf(argument));
  return true;
}

// Opens a file, goes to a place in it. False after making the call fail.
bool Open(NativeContext& context, const std::string& path, int flags, File* file) {
  const FailureText failure = file->Open(path, flags);
  if (!failure.empty()) FailOn(context, "Cannot open file", path, failure);
  return failure.empty();
}

bool Seek(NativeContext& context, const std::string& path, uint64_t offset, File* file) {
  const FailureText failure = file->Seek(offset);
  if (!failure.empty()) {
    FailOn(context, absl::StrCat("Cannot seek to offset ", offset, " in"), path, failure);
  }
  return failure.empty();
}

Value ReadBinaryFile(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kReadType));
  const std::string path(TextOf(args[0]));
  const uint64_t limit = MaxFileBytes();
  struct stat info;
  FailureText failure = StatPath(path, &info);
  if (failure.empty() && S_ISREG(info.st_mode)) {
    failure = CheckReadSize(static_cast<uint64_t>(info.st_size), limit);
  }
  if (!failure.empty()) return FailOn(context, "Cannot read file", path, failure);
  std::string content;
  failure = ReadWholeFile(path, limit, &content);
  if (!failure.empty()) return FailOn(context, "Cannot read binary file", path, failure);
  return NewBytesOrFail(context, "read_binary_file", content);
}

Value WriteBinaryFile(NativeContext& context, Value* args, uint32_t count) {
  bool overwrite;
  if (!ReadOverwrite(context, "write_binary_file", args, count, &overwrite)) return Value::Unset();
  if (!args[0].IsString() || !args[1].Is(Kind::kBytes)) {
    return context.Fail("write_binary_file requires path (string) and bytes arguments");
  }
  return WriteContent(context, args[0], args[1].As<Bytes>()->view(), overwrite,
                      "Cannot write binary file");
}

Value ReadBytes(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail("io_read_bytes requires path (string) and count (int) arguments");
  }
  uint64_t count;
  if (!ReadAmount(context, "io_read_bytes count", args[1], &count)) return Value::Unset();
  const std::string path(TextOf(args[0]));
  File file;
  if (!Open(context, path, O_RDONLY, &file)) return Value::Unset();
  std::string content;
  if (FailureText failure = file.Read(count, &content); !failure.empty()) {
    return FailOn(context, absl::StrCat("Cannot read ", count, " bytes from"), path, failure);
  }
  return NewBytesOrFail(context, "io_read_bytes", content);
}

Value ReadAt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail(
        "io_read_at requires path (string), offset (int), and count (int) arguments");
  }
  uint64_t offset;
  uint64_t count;
  if (!ReadAmount(context, "io_read_at offset", args[1], &offset) ||
      !ReadAmount(context, "io_read_at count", args[2], &count)) {
    return Value::Unset();
  }
  const std::string path(TextOf(args[0]));
  File file;
  if (!Open(context, path, O_RDONLY, &file) || !Seek(context, path, offset, &file)) {
    return Value::Unset();
  }
  std::string content;
  if (FailureText failure = file.Read(count, &content); !failure.empty()) {
    return FailOn(context,
                  absl::StrCat("Cannot read ", count, " bytes at offset ", offset, " from"), path,
                  failure);
  }
  return NewBytesOrFail(context, "io_read_at", content);
}

Value SeekRead(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail("io_seek_read requires path (string) and offset (int) arguments");
  }
  uint64_t offset;
  if (!ReadAmount(context, "io_seek_read offset", args[1], &offset)) return Value::Unset();
  const std::string path(TextOf(args[0]));
  File file;
  if (!Open(context, path, O_RDONLY, &file) || !Seek(context, path, offset, &file)) {
    return Value::Unset();
  }
  std::string content;
  if (FailureText failure = file.Read(File::kToTheEnd, &content); !failure.empty()) {
    return FailOn(context, absl::StrCat("Cannot read from offset ", offset, " in"), path, failure);
  }
  return NewBytesOrFail(context, "io_seek_read", content);
}

Value WriteBytes(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].Is(Kind::kBytes)) {
    return context.Fail(std::string(kWriteBytesType));
  }
  const std::string path(TextOf(args[0]));
  return TrueOrFail(context, "Cannot write bytes to file", path,
                    WriteWholeFile(path, args[1].As<Bytes>()->view(), IfExists::kTruncate));
}

// Writes to an open file and closes it.
FailureText WriteAndClose(File& file, Value bytes) {
  FailureText failure = file.Write(bytes.As<Bytes>()->view());
  return failure.empty() ? file.Close() : failure;
}

Value AppendBytes(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].Is(Kind::kBytes)) {
    return context.Fail(std::string(kAppendBytesType));
  }
  const std::string path(TextOf(args[0]));
  File file;
  if (!Open(context, path, O_WRONLY | O_CREAT | O_APPEND, &file)) return Value::Unset();
  return TrueOrFail(context, "Cannot append bytes to file", path, WriteAndClose(file, args[1]));
}

Value WriteAt(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].Is(Kind::kBytes)) {
    return context.Fail(std::string(kWriteAtType));
  }
  uint64_t offset;
  if (!ReadAmount(context, "io_write_at offset", args[2], &offset)) return Value::Unset();
  const std::string path(TextOf(args[0]));
  File file;
  if (!Open(context, path, O_WRONLY, &file) || !Seek(context, path, offset, &file)) {
    return Value::Unset();
  }
  return TrueOrFail(context, absl::StrCat("Cannot write bytes at offset ", offset, " to"), path,
                    WriteAndClose(file, args[1]));
}

Value Truncate(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) {
    return context.Fail("io_truncate requires path (string) and size (int) arguments");
  }
  uint64_t size;
  if (!ReadAmount(context, "io_truncate size", args[1], &size)) return Value::Unset();
  const std::string path(TextOf(args[0]));
  File file;
  if (!Open(context, path, O_WRONLY, &file)) return Value::Unset();
  FailureText failure = file.Truncate(size);
  if (failure.empty()) return Value::Bool(true);
  return context.Fail(
      absl::StrCat("Cannot truncate file '", path, "' to ", size, " bytes: ", failure));
}

bool IsSameFile(const struct stat& one, const std::string& path) {
  struct stat other;
  return StatPath(path, &other).empty() && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

Value CopyRange(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString() || !args[1].IsString()) return context.Fail(std::string(kCopyType));
  uint64_t offset;
  uint64_t count;
  if (!ReadAmount(context, "io_copy_range offset", args[2], &offset) ||
      !ReadAmount(context, "io_copy_range count", args[3], &count)) {
    return Value::Unset();
  }
  const std::string from(TextOf(args[0]));
  const std::string to(TextOf(args[1]));
  File source;
  if (FailureText failure = source.Open(from, O_RDONLY); !failure.empty()) {
    return FailOn(context, "Cannot open source file", from, failure);
  }
  if (!Seek(context, from, offset, &source)) return Value::Unset();
  // A file copied to itself is read before it is truncated.
  struct stat info;
  const bool in_pieces = source.Stat(&info).empty() && !IsSameFile(info, to);
  File target;
  std::string piece;
  do {
    const uint64_t wanted = in_pieces ? std::min(count, kCopyAtOnce) : count;
    piece.clear();
    if (FailureText failure = source.Read(wanted, &piece); !failure.empty()) {
      return FailOn(context, "Cannot read from", from, failure);
    }
    if (target.descriptor() < 0) {
      FailureText failure = target.Open(to, O_WRONLY | O_CREAT | O_TRUNC);
      if (!failure.empty()) return FailOn(context, "Cannot create file", to, failure);
    }
    if (FailureText failure = target.Write(piece); !failure.empty()) {
      return FailOn(context, "Cannot write to", to, failure);
    }
    count = piece.size() < wanted ? 0 : count - wanted;
  } while (count > 0);
  return TrueOrFail(context, "Cannot write to", to, target.Close());
}

void SetField(Dict* dict, std::string_view name, Value value) {
  const Value key = Value::Heap(InternString(name));
  DictSet(dict, key, value);
  Release(key);
}

// When the file was made, in seconds since 1970; false when nobody knows.
bool CreationTime(const std::string& path, int64_t* seconds) {
#if defined(__linux__)
  struct statx info;
  if (statx(AT_FDCWD, path.c_str(), 0, STATX_BTIME, &info) != 0) return false;
  if ((info.stx_mask & STATX_BTIME) == 0) return false;
  *seconds = info.stx_btime.tv_sec;
  return true;
#else
  (void)path;
  (void)seconds;
  return false;
#endif
}

Value FileMetadata(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kMetadataType));
  const std::string path(TextOf(args[0]));
  struct stat info;
  if (FailureText failure = StatPath(path, &info); !failure.empty()) {
    return FailOn(context, "Cannot get metadata for", path, failure);
  }
  Dict* dict = NewDict(8);
  SetField(dict, "size", Value::Int(info.st_size));
  SetField(dict, "is_file", Value::Bool(S_ISREG(info.st_mode)));
  SetField(dict, "is_dir", Value::Bool(S_ISDIR(info.st_mode)));
  SetField(dict, "readonly", Value::Bool((info.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0));
  SetField(dict, "modified", Value::Int(info.st_mtime));
  SetField(dict, "accessed", Value::Int(info.st_atime));
  int64_t created;
  if (CreationTime(path, &created)) SetField(dict, "created", Value::Int(created));
  return Value::Heap(dict);
}

constexpr NativeFunction kTable[] = {
    {.name = "read_binary_file",
     .min_args = 1,
     .max_args = 1,
     .body = ReadBinaryFile,
     .capability = Capability::kFilesystemRead,
     .signature = "read_binary_file(path: string) -> bytes",
     .doc = "The bytes of a file.",
     .example = "write_file(\"a\", \"hi\")\nprint(read_binary_file(\"a\")) => bytes([104, 105])",
     .errors = "read_binary_file requires a string path argument\n"
               "Cannot read file 'P': OSERR\n"
               "Cannot read file 'P': exceeds maximum read size (N bytes > M bytes)\n"
               "Cannot read binary file 'P': OSERR\n"
               "read_binary_file() result exceeds maximum size",
     .arity_error = kReadType},
    {.name = "write_binary_file",
     .min_args = 2,
     .max_args = 3,
     .body = WriteBinaryFile,
     .capability = Capability::kFilesystemWrite,
     .signature =
         "write_binary_file(path: string, content: bytes, overwrite: bool = false) -> bool",
     .doc = "Creates a file with these bytes; an existing one only with `overwrite`.",
     .example = "print(write_binary_file(\"a\", bytes([1, 2]))) => true",
     .errors = "write_binary_file optional overwrite flag must be a bool\n"
               "write_binary_file requires path (string) and bytes arguments\n"
               "Cannot write file 'P': payload exceeds maximum write size (N bytes > M bytes)\n"
               "Cannot write file 'P': file already exists (pass overwrite=true to replace it)\n"
               "Cannot write binary file 'P': OSERR",
     .arity_error =
         "write_binary_file requires 2 or 3 arguments: path, content/bytes, [overwrite]"},
    {.name = "io_read_bytes",
     .min_args = 2,
     .max_args = 2,
     .body = ReadBytes,
     .capability = Capability::kFilesystemRead,
     .signature = "io_read_bytes(path: string, count: number) -> bytes",
     .doc = "The first bytes of a file, fewer when it is shorter.",
     .example = "write_file(\"a\", \"abc\")\nprint(io_read_bytes(\"a\", 2)) => bytes([97, 98])",
     .errors = "io_read_bytes requires path (string) and count (int) arguments\n"
               "io_read_bytes count must be non-negative\n"
               "Cannot open file 'P': OSERR\n"
               "Cannot read N bytes from 'P': OSERR\n"
               "io_read_bytes() result exceeds maximum size",
     .arity_error = "io_read_bytes requires two arguments: path and count"},
    {.name = "io_read_at",
     .min_args = 3,
     .max_args = 3,
     .body = ReadAt,
     .capability = Capability::kFilesystemRead,
     .signature = "io_read_at(path: string, offset: number, count: number) -> bytes",
     .doc = "Bytes of a file from `offset` on, fewer at its end.",
     .example = "write_file(\"a\", \"abc\")\nprint(io_read_at(\"a\", 1, 1)) => bytes([98])",
     .errors = "io_read_at requires path (string), offset (int), and count (int) arguments\n"
               "io_read_at offset must be non-negative\n"
               "io_read_at count must be non-negative\n"
               "Cannot open file 'P': OSERR\n"
               "Cannot seek to offset N in 'P': OSERR\n"
               "Cannot read N bytes at offset M from 'P': OSERR\n"
               "io_read_at() result exceeds maximum size",
     .arity_error = "io_read_at requires three arguments: path, offset, and count"},
    {.name = "io_seek_read",
     .min_args = 2,
     .max_args = 2,
     .body = SeekRead,
     .capability = Capability::kFilesystemRead,
     .signature = "io_seek_read(path: string, offset: number) -> bytes",
     .doc = "The bytes of a file from `offset` to its end.",
     .example = "write_file(\"a\", \"abc\")\nprint(io_seek_read(\"a\", 2)) => bytes([99])",
     .errors = "io_seek_read requires path (string) and offset (int) arguments\n"
               "io_seek_read offset must be non-negative\n"
               "Cannot open file 'P': OSERR\n"
               "Cannot seek to offset N in 'P': OSERR\n"
               "Cannot read from offset N in 'P': OSERR\n"
               "io_seek_read() result exceeds maximum size",
     .arity_error = "io_seek_read requires two arguments: path and offset"},
    {.name = "io_write_bytes",
     .min_args = 2,
     .max_args = 2,
     .body = WriteBytes,
     .capability = Capability::kFilesystemWrite,
     .signature = "io_write_bytes(path: string, content: bytes) -> bool",
     .doc = "Creates or replaces a file.",
     .example = "print(io_write_bytes(\"a\", bytes([1]))) => true",
     .errors = "io_write_bytes requires path (string) and bytes arguments\n"
               "Cannot write bytes to file 'P': OSERR",
     .arity_error = "io_write_bytes requires two arguments: path and bytes"},
    {.name = "io_append_bytes",
     .min_args = 2,
     .max_args = 2,
     .body = AppendBytes,
     .capability = Capability::kFilesystemWrite,
     .signature = "io_append_bytes(path: string, content: bytes) -> bool",
     .doc = "Adds bytes to the end of a file, which is created if need be.",
     .example = "print(io_append_bytes(\"a\", bytes([1]))) => true",
     .errors = "io_append_bytes requires path (string) and bytes arguments\n"
               "Cannot open file 'P': OSERR\n"
               "Cannot append bytes to file 'P': OSERR",
     .arity_error = "io_append_bytes requires two arguments: path and bytes"},
    {.name = "io_write_at",
     .min_args = 3,
     .max_args = 3,
     .body = WriteAt,
     .capability = Capability::kFilesystemWrite,
     .signature = "io_write_at(path: string, content: bytes, offset: number) -> bool",
     .doc = "Replaces bytes of a file from `offset` on; a gap is filled with zeros.",
     .example = "write_file(\"a\", \"abc\")\nio_write_at(\"a\", bytes([120]), 1)\n"
                "print(read_file(\"a\")) => axc",
     .errors = "io_write_at requires path (string), bytes, and offset (int) arguments\n"
               "io_write_at offset must be non-negative\n"
               "Cannot open file 'P': OSERR\n"
               "Cannot seek to offset N in 'P': OSERR\n"
               "Cannot write bytes at offset N to 'P': OSERR",
     .arity_error = "io_write_at requires three arguments: path, bytes, and offset"},
    {.name = "io_truncate",
     .min_args = 2,
     .max_args = 2,
     .body = Truncate,
     .capability = Capability::kFilesystemWrite,
     .signature = "io_truncate(path: string, size: number) -> bool",
     .doc = "Cuts a file to `size` bytes, or adds zeros up to there.",
     .example = "write_file(\"a\", \"abc\")\nio_truncate(\"a\", 2)\nprint(read_file(\"a\")) => ab",
     .errors = "io_truncate requires path (string) and size (int) arguments\n"
               "io_truncate size must be non-negative\n"
               "Cannot open file 'P': OSERR\n"
               "Cannot truncate file 'P' to N bytes: OSERR",
     .arity_error = "io_truncate requires two arguments: path and size"},
    {.name = "io_copy_range",
     .min_args = 4,
     .max_args = 4,
     .body = CopyRange,
     .capability = Capability::kFilesystemWrite,
     .signature =
         "io_copy_range(source: string, dest: string, offset: number, count: number) -> bool",
     .doc = "Creates or replaces `dest` with a range of the bytes of `source`.",
     .example = "write_file(\"a\", \"abc\")\nio_copy_range(\"a\", \"b\", 1, 2)\n"
                "print(read_file(\"b\")) => bc",
     .errors = "io_copy_range requires source (string), dest (string), offset (int), and count "
               "(int) arguments\n"
               "io_copy_range offset must be non-negative\n"
               "io_copy_range count must be non-negative\n"
               "Cannot open source file 'S': OSERR\n"
               "Cannot seek to offset N in 'S': OSERR\n"
               "Cannot read from 'S': OSERR\n"
               "Cannot create file 'D': OSERR\n"
               "Cannot write to 'D': OSERR",
     .arity_error = "io_copy_range requires four arguments: source, dest, offset, and count"},
    {.name = "io_file_metadata",
     .min_args = 1,
     .max_args = 1,
     .body = FileMetadata,
     .capability = Capability::kFilesystemRead,
     .signature = "io_file_metadata(path: string) -> dict",
     .doc = "size, is_file, is_dir, readonly, and the times modified, accessed and created.",
     .example = "write_file(\"a\", \"abc\")\nprint(io_file_metadata(\"a\")[\"size\"]) => 3",
     .errors = "io_file_metadata requires a string path argument\n"
               "Cannot get metadata for 'P': OSERR",
     .arity_error = kMetadataType},
};

}  // namespace

absl::Span<const NativeFunction> BinaryFileBuiltins() { return kTable; }

}  // namespace ruff
