#ifndef RUFF_BASE_UNICODE_H_
#define RUFF_BASE_UNICODE_H_

namespace ruff {

// True when `character` has the Unicode property Alphabetic or one of the number categories
// (Nd, Nl, No).
bool IsAlphanumeric(char32_t character);

}  // namespace ruff

#endif  // RUFF_BASE_UNICODE_H_
