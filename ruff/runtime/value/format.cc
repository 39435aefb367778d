#include "ruff/runtime/value/format.h"

#include <algorithm>
#include <memory>

#include "ruff/runtime/value/array.h"
#include "ruff/runtime/value/box.h"
#include "ruff/runtime/value/collection.h"
#include "ruff/runtime/value/dict.h"
#include "ruff/runtime/value/kind_ops.h"
#include "ruff/runtime/value/number_text.h"
#include "ruff/runtime/value/structure.h"

namespace ruff {
namespace {

constexpr std::string_view kKindName[] = {
#define RUFF_KIND(name, type, message) #name,
#include "ruff/runtime/value/kind.def"
};

}  // namespace

// Writes leaves at once and keeps a frame for every container that is open.
class Formatter {
 public:
  Formatter(Form form, std::string* out, size_t max_size)
      : form_(form), out_(*out), max_size_(max_size) {}

  bool Run(Value root) {
    Write(root);
    while (!frames_.empty()) {
      if (out_.size() > max_size_) return false;
      Step();
    }
    return out_.size() <= max_size_;
  }

 private:
  struct Frame {
    Value value;
    uint64_t next;  // the next child
    std::string_view separator;
    std::string_view close;
    const uint32_t* order;               // of a dict or struct
    std::unique_ptr<FormatParts> parts;  // of a kind with its own format
  };

  bool plain() const { return form_ == Form::kText || form_ == Form::kEcho; }

  void Put(std::string_view text) { out_.append(text); }
  void PutInt(uint64_t n) { AppendInt(static_cast<int64_t>(n), &out_); }

  // "Name(text)" in the forms that name the kind, else the text alone.
  void PutScalar(std::string_view kind, std::string_view text) {
    if (plain()) return Put(text);
    Put(kind);
    Put("(");
    Put(text);
    Put(")");
  }

  // "Array[3]": a container in the diagnostic form.
  void PutCount(std::string_view open, uint64_t count, std::string_view close) {
    Put(open);
    PutInt(count);
    Put(close);
  }

  void PutString(std::string_view text) {
    switch (form_) {
      case Form::kText:
        return Put(text);
      case Form::kEcho:
        Put("\"");
        Put(text);
        return Put("\"");
      case Form::kDebug:
        Put("String(\"");
        Put(text);
        return Put("\")");
      case Form::kDiagnostic:
        break;
    }
    Put("Str(\"");
    for (const char c : text) {
      switch (c) {
        case '"':
          Put("\\\"");
          break;
        case '\\':
          Put("\\\\");
          break;
        case '\n':
          Put("\\n");
          break;
        case '\t':
          Put("\\t");
          break;
        case '\r':
          Put("\\r");
          break;
        default:
          out_.push_back(c);
      }
    }
    Put("\")");
  }

  void PutBytes(const Bytes* bytes) {
    if (!plain()) return PutCount("Bytes(", bytes->size, " bytes)");
    Put("bytes([");
    for (uint64_t i = 0; i < bytes->size && out_.size() <= max_size_; ++i) {
      if (i != 0) Put(", ");
      PutInt(bytes->data[i]);
    }
    Put("])");
  }

  void Open(Value v, std::string_view open, std::string_view separator, std::string_view close,
            const uint32_t* order = nullptr) {
    Put(open);
    frames_.push_back({v, 0, separator, close, order, nullptr});
  }

  void OpenSequence(Value v, std::string_view name, uint64_t count) {
    const bool queue_or_stack = !v.Is(Kind::kSet);
    Put(name);
    if (form_ == Form::kDiagnostic) {
      PutCount(queue_or_stack ? "(" : "{", count, queue_or_stack ? " items)" : " items}");
    } else if (form_ == Form::kDebug) {
      queue_or_stack ? Open(v, "[", ", ", "]") : Open(v, "{", ", ", "}");
    } else {
      Open(v, "([", ", ", "])");
    }
  }

  void OpenStruct(Value v) {
    Shape* shape = v.As<Struct>()->shape;
    const std::string_view name = shape->struct_name()->view();
    const uint32_t* order = shape->SortedSlots().data();
    switch (form_) {
      case Form::kDebug:
        Put("Struct(");
        Put(name);
        return Put(")");
      case Form::kDiagnostic:
        Put("Struct { name: \"");
        Put(name);
        return Open(v, "\", fields: {", ", ", "} }", order);
      default:
        Put(name);
        return Open(v, " { ", ", ", " }", order);
    }
  }

  void OpenForeign(Value v) {
    if (const auto format = OpsOf(v.kind()).format) {
      auto parts = std::make_unique<FormatParts>();
      format(v.object, form_, *parts);
      frames_.push_back({v, 0, "", "", nullptr, std::move(parts)});
    } else if (plain()) {
      Put("<");
      Put(TypeName(v));
      Put(">");
    } else {
      Put(kKindName[v.tag]);
    }
  }

  void Write(Value v) {
    switch (v.kind()) {
      case Kind::kNull:
        return Put(plain() ? "null" : "Null");
      case Kind::kBool:
        return PutScalar("Bool", v.b ? "true" : "false");
      case Kind::kInt: {
        char buffer[kMaxIntText];
        return PutScalar("Int", {buffer, FormatInt(v.i, buffer)});
      }
      case Kind::kFloat: {
        char buffer[kMaxFloatText];
        return PutScalar("Float", {buffer, FormatFloat(v.d, buffer)});
      }
      case Kind::kNone:
        return Put("None");
      case Kind::kNative:
        Put(plain() ? "<native function: " : "NativeFunction(");
        if (native_name != nullptr) Put(native_name(v.native));
        return Put(plain() ? ">" : ")");
      case Kind::kString:
        return PutString(v.As<String>()->view());
      case Kind::kBytes:
        return PutBytes(v.As<Bytes>());
      case Kind::kArray:
        if (form_ == Form::kDiagnostic) return PutCount("Array[", v.As<Array>()->size, "]");
        return Open(v, form_ == Form::kDebug ? "Array[" : "[", ", ", "]");
      case Kind::kDict:
        if (form_ == Form::kDiagnostic) return PutCount("Dict{", v.As<Dict>()->size, " keys}");
        return Open(v, form_ == Form::kDebug ? "Dict{" : "{", ", ", "}", DictOrder(v.As<Dict>()));
      case Kind::kStruct:
        return OpenStruct(v);
      case Kind::kStructDef:
        Put(plain() ? "<struct " : "StructDef(");
        Put(v.As<StructDef>()->name->view());
        return Put(plain() ? ">" : ")");
      case Kind::kTagged:
        Put(v.As<Tagged>()->tag->view());
        if (v.As<Tagged>()->size != 0) Open(v, "(", plain() ? "," : ", ", ")");
        return;
      case Kind::kOk:
        return Open(v, "Ok(", "", ")");
      case Kind::kErr:
        return Open(v, "Err(", "", ")");
      case Kind::kSome:
        return Open(v, "Some(", "", ")");
      case Kind::kSet:
        return OpenSequence(v, "Set", v.As<Set>()->size);
      case Kind::kQueue:
        return OpenSequence(v, "Queue", v.As<Sequence>()->size());
      case Kind::kStack:
        return OpenSequence(v, "Stack", v.As<Sequence>()->size());
      default:
        return OpenForeign(v);
    }
  }

  // Writes the next child of the top frame, or closes it.
  void Step() {
    Frame& frame = frames_.back();
    if (frame.parts != nullptr) return StepForeign(frame);
    const uint64_t at = frame.next;
    Value child;
    if (!NextChild(frame, &child)) {
      Put(frame.close);
      frames_.pop_back();
      return;
    }
    if (at != 0) Put(frame.separator);
    if (frame.order != nullptr) PutKey(frame.value, frame.order[at]);
    Write(child);
  }

  bool NextChild(Frame& frame, Value* child) {
    const uint64_t i = frame.next++;
    switch (frame.value.kind()) {
      case Kind::kArray: {
        const Array* a = frame.value.As<Array>();
        if (i == a->size) return false;
        *child = ArrayGet(a, i);
        return true;
      }
      case Kind::kDict: {
        const Dict* d = frame.value.As<Dict>();
        if (i == d->size) return false;
        *child = d->entries[frame.order[i]].value;
        return true;
      }
      case Kind::kStruct: {
        const Struct* s = frame.value.As<Struct>();
        if (i == s->shape->size()) return false;
        *child = s->fields[frame.order[i]];
        return true;
      }
      case Kind::kTagged: {
        const Tagged* t = frame.value.As<Tagged>();
        if (i == t->size) return false;
        *child = t->payload[i];
        return true;
      }
      case Kind::kSet:
        return NextMember(frame, child);
      case Kind::kQueue:
      case Kind::kStack: {
        const Sequence* s = frame.value.As<Sequence>();
        if (i == s->size()) return false;
        *child = SequenceGet(s, i);
        return true;
      }
      default:  // Ok, Err, Some
        if (i != 0) return false;
        *child = frame.value.As<Box>()->value;
        return true;
    }
  }

  // `next` counts entries, of which some are holes.
  static bool NextMember(Frame& frame, Value* child) {
    const Set* s = frame.value.As<Set>();
    uint64_t i = frame.next - 1;
    while (i < s->used && !s->entries[i].live()) ++i;
    if (i == s->used) return false;
    *child = s->entries[i].member;
    frame.next = i + 1;
    return true;
  }

  void PutKey(Value container, uint32_t at) {
    if (container.Is(Kind::kStruct)) {
      const std::string_view name = container.As<Struct>()->shape->field(at)->view();
      if (form_ == Form::kDiagnostic) {
        PutQuoted(name);
      } else {
        Put(name);
      }
    } else {
      const Value key = container.As<Dict>()->entries[at].key;
      char buffer[kMaxIntText];
      const std::string_view text = key.IsInt() ? std::string_view(buffer, FormatInt(key.i, buffer))
                                                : key.As<String>()->view();
      if (plain()) {
        PutQuoted(text);
      } else {
        Put(text);
      }
    }
    Put(": ");
  }

  void PutQuoted(std::string_view text) {
    Put("\"");
    Put(text);
    Put("\"");
  }

  void StepForeign(Frame& frame) {
    const auto& parts = frame.parts->parts_;
    if (frame.next == parts.size()) {
      frames_.pop_back();
      return;
    }
    const auto& [text, nested] = parts[frame.next++];
    Put(text);
    if (!nested.Is(Kind::kUnset)) Write(nested);
  }

  const Form form_;
  std::string& out_;
  const size_t max_size_;
  std::vector<Frame> frames_;
};

bool FormatValue(Value value, Form form, std::string* out, size_t max_size) {
  return Formatter(form, out, max_size).Run(value);
}

std::string FormatToString(Value value, Form form) {
  std::string text;
  FormatValue(value, form, &text);
  return text;
}

String* ToText(Value value) {
  if (value.IsString()) return RetainObject(value.As<String>());
  if (value.IsInt()) {
    char buffer[kMaxIntText];
    return NewString({buffer, FormatInt(value.i, buffer)});
  }
  std::string text;
  if (!FormatValue(value, Form::kText, &text)) return nullptr;
  return NewString(text);
}

}  // namespace ruff
