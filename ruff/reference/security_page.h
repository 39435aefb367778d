#ifndef RUFF_REFERENCE_SECURITY_PAGE_H_
#define RUFF_REFERENCE_SECURITY_PAGE_H_

#include <string>

namespace ruff {

// The text of docs/security.md, made from the capabilities and the tables of builtins.
std::string SecurityPage();

}  // namespace ruff

#endif  // RUFF_REFERENCE_SECURITY_PAGE_H_
