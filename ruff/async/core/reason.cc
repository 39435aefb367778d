#include "ruff/async/core/reason.h"

#include "absl/strings/str_cat.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/format.h"
#include "ruff/runtime/value/ref.h"
#include "ruff/runtime/value/string.h"
#include "ruff/runtime/value/structure.h"
#include "ruff/runtime/vm/vm.h"

namespace ruff {
namespace {

enum ReasonKind : int64_t { kMember, kTimeout, kAllRejected };

Value NewReason(const Value* owned_payload, uint64_t size) {
  return Value::Heap(NewTagged(InternString("reason"), owned_payload, size));
}

Value IsNative(const Promise* member) { return Value::Bool(member->Has(Promise::kNative)); }

// Follows a chain of reasons from the outside in, appending what each adds.
void AppendText(Value value, bool native, std::string* out) {
  for (;;) {
    if (!native) {
      absl::StrAppend(out, ErrorMessage(value));
      return;
    }
    if (value.IsString()) {
      absl::StrAppend(out, value.As<String>()->view());
      return;
    }
    const Value* payload = value.As<Tagged>()->payload;
    switch (payload[0].i) {
      case kMember:
        absl::StrAppend(out, "Promise ", payload[1].i, " rejected: ");
        native = payload[2].b;
        value = payload[3];
        break;
      case kTimeout:
        absl::StrAppend(out, "Promise rejected: ");
        native = payload[1].b;
        value = payload[2];
        break;
      default:
        absl::StrAppend(out, "All promises were rejected");
        return;
    }
  }
}

Value WithField(Value owned_error, std::string_view name, Value owned) {
  const Ref key(InternString(name));
  return Value::Heap(StructSet(owned_error.As<Struct>(), key.As<String>(), owned));
}

}  // namespace

Value TextReason(std::string_view text) { return Value::Heap(NewString(text)); }

Value MemberReason(uint32_t index, const Promise* member) {
  const Value payload[] = {Value::Int(kMember), Value::Int(index), IsNative(member),
                           Retain(member->value)};
  return NewReason(payload, 4);
}

Value TimeoutReason(const Promise* member) {
  const Value payload[] = {Value::Int(kTimeout), IsNative(member), Retain(member->value)};
  return NewReason(payload, 3);
}

Value AllRejectedReason(Value owned_texts) {
  const Value payload[] = {Value::Int(kAllRejected), owned_texts};
  return NewReason(payload, 2);
}

std::string ErrorMessage(Value error) {
  if (error.IsString()) return std::string(error.As<String>()->view());
  if (error.Is(Kind::kStruct)) {
    const Ref name(InternString("message"));
    const Value message = StructGet(error.As<Struct>(), name.As<String>());
    if (message.IsString()) return std::string(message.As<String>()->view());
  }
  return FormatToString(error, Form::kText);
}

std::string RejectionText(const Promise* promise) {
  std::string text;
  AppendText(promise->value, promise->Has(Promise::kNative), &text);
  return text;
}

Value RejectionError(Vm& vm, const Promise* promise) {
  const Value value = promise->value;
  if (!promise->Has(Promise::kNative)) {
    return value.IsString() ? vm.MakeError(value.As<String>()->view()) : Retain(value);
  }
  Value error = vm.MakeError(absl::StrCat("Promise rejected: ", RejectionText(promise)));
  if (!value.Is(Kind::kTagged)) return error;
  const Value* payload = value.As<Tagged>()->payload;
  if (payload[0].i == kMember) {
    error = WithField(error, "index", payload[1]);
    const bool thrown = !payload[2].b && payload[3].Is(Kind::kStruct);
    if (thrown) error = WithField(error, "cause", Retain(payload[3]));
  } else if (payload[0].i == kAllRejected) {
    error = WithField(error, "errors", Retain(payload[1]));
  }
  return error;
}

}  // namespace ruff
