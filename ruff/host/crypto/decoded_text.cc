#include "ruff/host/crypto/decoded_text.h"

#include <openssl/crypto.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "ruff/base/broken_utf8.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/base64_defect.h"

namespace ruff {

bool DecodeArgument(NativeContext& context, std::string_view what, std::string_view text,
                    std::string* bytes) {
  if (const std::string defect = FindBase64Defect(text); !defect.empty()) {
    context.Fail(absl::StrCat("Invalid base64 ", what, ": ", defect));
    return false;
  }
  absl::Base64Unescape(text, bytes);
  return true;
}

Value NewBase64(std::string_view bytes) {
  std::string text;
  absl::Base64Escape(bytes, &text);
  const Value value = NewText(text);
  OPENSSL_cleanse(text.data(), text.size());
  return value;
}

Value NewPlaintext(NativeContext& context, std::string_view plaintext) {
  if (const std::string defect = DescribeUtf8Defect(plaintext); !defect.empty()) {
    return context.Fail(absl::StrCat("Decrypted data is not valid UTF-8: ", defect));
  }
  return NewText(plaintext);
}

}  // namespace ruff
