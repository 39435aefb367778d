// Texts that stand for bytes, as arguments and as results.

#ifndef RUFF_HOST_CRYPTO_DECODED_TEXT_H_
#define RUFF_HOST_CRYPTO_DECODED_TEXT_H_

#include <string>
#include <string_view>

#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// The bytes of the Base64 argument `text`, called `what` in the message. False after making the
// call fail.
bool DecodeArgument(NativeContext& context, std::string_view what, std::string_view text,
                    std::string* bytes);

// The Base64 of `bytes` as a string value. Leaves no copy behind: it may be a secret.
Value NewBase64(std::string_view bytes);

// `plaintext` as a string value; makes the call fail when it is not UTF-8.
Value NewPlaintext(NativeContext& context, std::string_view plaintext);

}  // namespace ruff

#endif  // RUFF_HOST_CRYPTO_DECODED_TEXT_H_
