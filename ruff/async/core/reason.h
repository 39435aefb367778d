// Why a promise is rejected.
//
// A *thrown* error is kept as it is and thrown again at the await, unchanged. A *reason* (flag
// kNative) is a text R, and the await throws a new error "Promise rejected: R". Reasons of
// combinators contain the reason of a member, which may be that of a combinator in turn: they are
// kept as a chain of small values and written out only when somebody wants to read them, so that a
// rejection travels through a million nested combinators in constant time each.
//
//    "text"                           a reason as it stands
//    Tagged [kMember, i, native, v]   "Promise i rejected: " and the text of v
//    Tagged [kTimeout, native, v]     "Promise rejected: " and the text of v
//    Tagged [kAllRejected, texts]     "All promises were rejected"
//
// A string without kNative is the message of an error that is made at the await.

#ifndef RUFF_ASYNC_CORE_REASON_H_
#define RUFF_ASYNC_CORE_REASON_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "ruff/async/core/promise.h"
#include "ruff/runtime/value/value.h"

namespace ruff {

class Vm;

// Reasons; each hands over one reference. The member is rejected.
Value TextReason(std::string_view text);
Value MemberReason(uint32_t index, const Promise* member);
Value TimeoutReason(const Promise* member);
Value AllRejectedReason(Value owned_texts);

// The text of a rejection: R of a reason, the message of a thrown error.
std::string RejectionText(const Promise* promise);
// What awaiting the rejected promise throws, owned; made as of the machine's current position.
Value RejectionError(Vm& vm, const Promise* promise);
// The message of an error value.
std::string ErrorMessage(Value error);

}  // namespace ruff

#endif  // RUFF_ASYNC_CORE_REASON_H_
