// Random numbers and ids. One sequence serves the whole process.

#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ruff/runtime/builtins/arguments.h"
#include "ruff/runtime/builtins/families.h"
#include "ruff/runtime/builtins/random_source.h"

namespace ruff {
namespace {

constexpr std::string_view kIntType = "random_int requires number arguments";
constexpr std::string_view kIntOrder = "random_int() expects min <= max";
constexpr std::string_view kChoiceType = "random_choice requires an array argument";
constexpr std::string_view kIdType = "random_id requires an integer length argument";
constexpr std::string_view kIdLength = "random_id length must be >= 0";
constexpr std::string_view kSeedType = "set_random_seed requires a number argument";

constexpr std::string_view kIdCharacters = "abcdefghijklmnopqrstuvwxyz0123456789";

class RandomSource {
 public:
  // Calls `draw` with the stream, which nobody else uses meanwhile.
  template <typename Draw>
  auto With(Draw draw) {
    absl::MutexLock lock(&mutex_);
    if (!stream_.has_value()) {
      uint32_t key[8];
      FillWithEntropy(key, sizeof key);
      stream_.emplace(key);
    }
    return draw(*stream_);
  }
  void Seed(uint64_t seed) {
    absl::MutexLock lock(&mutex_);
    stream_.emplace(seed);
  }
  void Clear() {
    absl::MutexLock lock(&mutex_);
    stream_.reset();
  }

 private:
  absl::Mutex mutex_;
  std::optional<RandomStream> stream_ ABSL_GUARDED_BY(mutex_);
};

RandomSource& Source() {
  static auto* const source = new RandomSource();
  return *source;
}

int64_t DrawInt(int64_t low, int64_t high) {
  return Source().With([&](RandomStream& stream) { return RandomInt(stream, low, high); });
}

Value Random(NativeContext&, Value*, uint32_t) { return Value::Float(Source().With(RandomFloat)); }

Value Int(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber() || !args[1].IsNumber()) return context.Fail(std::string(kIntType));
  const int64_t low = IntOf(args[0]);
  const int64_t high = IntOf(args[1]);
  if (low > high) return context.Fail(std::string(kIntOrder));
  return Value::Int(DrawInt(low, high));
}

Value Choice(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsArray()) return context.Fail(std::string(kChoiceType));
  const Array* array = args[0].As<Array>();
  if (array->size == 0) return Value::Int(0);
  const int64_t index = DrawInt(0, static_cast<int64_t>(array->size) - 1);
  return Retain(ArrayGet(array, static_cast<uint64_t>(index)));
}

Value Id(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsInt()) return context.Fail(std::string(kIdType));
  if (args[0].i < 0) return context.Fail(std::string(kIdLength));
  const auto length = static_cast<uint64_t>(args[0].i);
  if (!CanMakeString(length)) return FailTooLarge(context, "random_id");
  String* id = NewStringBuffer(length);
  Source().With([&](RandomStream& stream) {
    for (uint64_t i = 0; i < length; ++i) {
      id->data[i] = kIdCharacters[static_cast<size_t>(
          RandomInt(stream, 0, static_cast<int64_t>(kIdCharacters.size()) - 1))];
    }
  });
  FinishString(id);
  return Value::Heap(id);
}

Value Uuid(NativeContext&, Value*, uint32_t) {
  constexpr char kHex[] = "0123456789abcdef";
  uint8_t bytes[16];
  FillWithEntropy(bytes, sizeof bytes);
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0f) | 0x40);  // version 4
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3f) | 0x80);  // variant of RFC 4122
  std::string text;
  for (size_t i = 0; i < sizeof bytes; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text.push_back('-');
    text.push_back(kHex[bytes[i] >> 4]);
    text.push_back(kHex[bytes[i] & 15]);
  }
  return NewText(text);
}

Value SetSeed(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsNumber()) return context.Fail(std::string(kSeedType));
  const bool negative_float = args[0].IsFloat() && args[0].d < 0;
  Source().Seed(negative_float ? 0 : static_cast<uint64_t>(IntOf(args[0])));
  return Value::Null();
}

Value ClearSeed(NativeContext&, Value*, uint32_t) {
  Source().Clear();
  return Value::Null();
}

constexpr NativeFunction kTable[] = {
    {.name = "random",
     .min_args = 0,
     .max_args = 0,
     .body = Random,
     .capability = Capability::kRandom,
     .signature = "random() -> float",
     .doc = "A random float, at least 0 and below 1.",
     .example = "set_random_seed(42)\nprint(random()) => 0.5265574090027738",
     .arity_error = "random() expects 0 arguments, got {}"},
    {.name = "random_int",
     .min_args = 2,
     .max_args = 2,
     .body = Int,
     .capability = Capability::kRandom,
     .signature = "random_int(min: number, max: number) -> int",
     .doc = "A random int from `min` to `max`, both inclusive.",
     .example = "set_random_seed(7)\nprint(random_int(1, 1000)) => 31",
     .errors = "random_int requires number arguments\nrandom_int() expects min <= max",
     .arity_error = "random_int() expects 2 arguments (min, max), got {}"},
    {.name = "random_choice",
     .min_args = 1,
     .max_args = 1,
     .body = Choice,
     .capability = Capability::kRandom,
     .signature = "random_choice(array: array) -> any",
     .doc = "A random element; 0 of an empty array.",
     .example = "print(random_choice([\"only\"])) => only",
     .errors = kChoiceType,
     .arity_error = "random_choice() expects 1 argument (array), got {}"},
    {.name = "random_id",
     .min_args = 1,
     .max_args = 1,
     .body = Id,
     .capability = Capability::kRandom,
     .signature = "random_id(length: int) -> string",
     .doc = "A random text of `length` lower-case letters and digits.",
     .example = "set_random_seed(0)\nprint(len(random_id(5))) => 5",
     .errors = "random_id requires an integer length argument\nrandom_id length must be >= 0\n"
               "random_id() result exceeds maximum size",
     .arity_error = "random_id() expects 1 argument (length), got {}"},
    {.name = "uuid_v4",
     .min_args = 0,
     .max_args = 0,
     .body = Uuid,
     .capability = Capability::kRandom,
     .signature = "uuid_v4() -> string",
     .doc = "A random UUID, also when there is a seed.",
     .example = "print(len(uuid_v4())) => 36",
     .arity_error = "uuid_v4() expects 0 arguments, got {}"},
    {.name = "set_random_seed",
     .min_args = 1,
     .max_args = 1,
     .body = SetSeed,
     .capability = Capability::kRandom,
     .signature = "set_random_seed(seed: number) -> null",
     .doc = "Starts the sequence of random numbers that belongs to `seed`.",
     .example = "set_random_seed(42)\nprint(random()) => 0.5265574090027738",
     .errors = kSeedType,
     .arity_error = "set_random_seed() expects 1 argument (seed), got {}"},
    {.name = "clear_random_seed",
     .min_args = 0,
     .max_args = 0,
     .body = ClearSeed,
     .capability = Capability::kRandom,
     .signature = "clear_random_seed() -> null",
     .doc = "Goes back to numbers that nobody can foresee.",
     .example = "print(clear_random_seed()) => null",
     .arity_error = "clear_random_seed() expects 0 arguments, got {}"},
};

}  // namespace

absl::Span<const NativeFunction> RandomBuiltins() { return kTable; }

}  // namespace ruff
