// Base64 with the standard alphabet, padded. Decoding is strict and says what is wrong where.

#include <cstdint>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/base64_defect.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/value/collection.h"

namespace ruff {
namespace {

constexpr std::string_view kEncodeType = "encode_base64 requires a bytes or string argument";
constexpr std::string_view kDecodeType = "decode_base64 requires a string argument";

Value Encode(NativeContext& context, Value* args, uint32_t) {
  std::string_view content;
  if (args[0].IsString()) {
    content = TextOf(args[0]);
  } else if (args[0].Is(Kind::kBytes)) {
    content = args[0].As<Bytes>()->view();
  } else {
    return context.Fail(std::string(kEncodeType));
  }
  // The text and then its string live at the same time.
  const uint64_t size = (uint64_t{content.size()} + 2) / 3 * 4;
  if (!CanMakeString(size) || !CanMakeString(size * 2)) {
    return FailTooLarge(context, "encode_base64");
  }
  return NewText(absl::Base64Escape(content));
}

Value Decode(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return context.Fail(std::string(kDecodeType));
  const std::string_view text = TextOf(args[0]);
  if (const std::string defect = FindBase64Defect(text); !defect.empty()) {
    return context.Fail(absl::StrCat("Base64 decode error: ", defect));
  }
  if (!CanMakeString(text.size() * 2)) return FailTooLarge(context, "decode_base64");
  std::string content;
  absl::Base64Unescape(text, &content);
  return Value::Heap(NewBytes(content));
}

constexpr NativeFunction kTable[] = {
    {.name = "encode_base64",
     .min_args = 1,
     .max_args = 1,
     .body = Encode,
     .signature = "encode_base64(content: string | bytes) -> string",
     .doc = "The bytes (of a string: its UTF-8) as Base64 text with padding.",
     .example = "print(encode_base64(\"hi\")) => aGk=",
     .errors = "encode_base64 requires a bytes or string argument\n"
               "encode_base64() result exceeds maximum size",
     .arity_error = kEncodeType},
    {.name = "decode_base64",
     .min_args = 1,
     .max_args = 1,
     .body = Decode,
     .signature = "decode_base64(text: string) -> bytes",
     .doc = "The bytes that a Base64 text stands for; padding is required.",
     .example = "print(decode_base64(\"aGk=\")) => bytes([104, 105])",
     .errors = "decode_base64 requires a string argument\n"
               "Base64 decode error: Invalid padding\n"
               "Base64 decode error: Invalid byte B, offset N.\n"
               "Base64 decode error: Invalid last symbol B, offset N.\n"
               "Base64 decode error: Encoded text cannot have a 6-bit remainder.\n"
               "decode_base64() result exceeds maximum size",
     .arity_error = kDecodeType},
};

}  // namespace

absl::Span<const NativeFunction> Base64Builtins() { return kTable; }

}  // namespace ruff
