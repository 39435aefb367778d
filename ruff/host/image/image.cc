// Loading images, and their methods. Surplus arguments are ignored.

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "ruff/host/failure.h"
#include "ruff/host/families.h"
#include "ruff/host/image/image_format.h"
#include "ruff/host/image/image_value.h"
#include "ruff/host/posix/whole_file.h"
#include "ruff/runtime/value/heap.h"

namespace ruff {
namespace {

constexpr std::string_view kLoadType = "load_image requires a string path argument";
constexpr std::string_view kResizeCount = "resize requires at least width and height arguments";
constexpr std::string_view kResizeType = "resize requires numeric width and height";
constexpr std::string_view kResizeRange = "resize requires positive width and height";
constexpr std::string_view kCropCount = "crop requires x, y, width, and height arguments";
constexpr std::string_view kCropType = "crop requires numeric x, y, width, and height";
constexpr std::string_view kCropEmpty = "crop area is empty";
constexpr std::string_view kRotateCount = "rotate requires a degrees argument";
constexpr std::string_view kRotateType = "rotate requires a numeric degrees argument";
constexpr std::string_view kRotateRange = "rotate only supports 90, 180, or 270 degrees";
constexpr std::string_view kFlipCount =
    "flip requires a direction argument ('horizontal' or 'vertical')";
constexpr std::string_view kFlipType = "flip requires a string direction argument";
constexpr std::string_view kFlipRange = "flip direction must be 'horizontal' or 'vertical'";
constexpr std::string_view kBlurCount = "blur requires a sigma argument";
constexpr std::string_view kBlurType = "blur requires a numeric sigma argument";
constexpr std::string_view kBlurRange = "blur requires a non-negative sigma";
constexpr std::string_view kBrightnessCount = "adjust_brightness requires a factor argument";
constexpr std::string_view kBrightnessType = "adjust_brightness requires a numeric factor argument";
constexpr std::string_view kContrastCount = "adjust_contrast requires a factor argument";
constexpr std::string_view kContrastType = "adjust_contrast requires a numeric factor argument";
constexpr std::string_view kSaveCount = "save requires a path argument";
constexpr std::string_view kSaveType = "save requires a string path argument";

constexpr double kBrightnessStep = 50;

Value Fail(NativeContext& context, std::string_view message) {
  return context.Fail(std::string(message));
}

// Methods are only called on images.
const Image& Receiver(const Value* args) { return *StateAs<Image>(args[0]); }

Value NewImage(Raster raster, std::string_view format) {
  return NewHandle(std::make_unique<Image>(std::move(raster), format));
}

bool CanMake(uint64_t bytes) { return Heap::Current()->CanAllocate(bytes); }

// Makes the call fail for want of memory: "NAME result is too large (W x H)".
Value FailTooLarge(NativeContext& context, std::string_view name, int64_t width, int64_t height) {
  return context.Fail(absl::StrCat(name, " result is too large (", width, " x ", height, ")"));
}

// An image like `image` with the pixels that `make` gives; `name` is the method, for messages.
template <typename Make>
Value Transform(NativeContext& context, std::string_view name, const Image& image, Make make) {
  const Raster& raster = image.raster();
  if (!CanMake(raster.bytes.size())) {
    return FailTooLarge(context, name, raster.width, raster.height);
  }
  return NewImage(make(raster), image.format());
}

Value Load(NativeContext& context, Value* args, uint32_t) {
  if (!args[0].IsString()) return Fail(context, kLoadType);
  const std::string path(TextOf(args[0]));
  std::string content;
  std::string failure = ReadWholeFile(path, MaxFileBytes(), &content);
  const ImageFormat* format = failure.empty() ? FormatOf(path, &failure) : nullptr;
  Raster raster;
  if (format != nullptr) failure = format->decode(content, &raster);
  if (!failure.empty()) return FailOn(context, "Cannot load image", path, failure);
  return NewImage(std::move(raster), format->extension);
}

Value Save(NativeContext& context, Value* args, uint32_t count) {
  const Raster& raster = Receiver(args).raster();
  if (count < 2) return Fail(context, kSaveCount);
  if (!args[1].IsString()) return Fail(context, kSaveType);
  const std::string path(TextOf(args[1]));
  std::string failure;
  const ImageFormat* format = FormatOf(path, &failure);
  std::string content;
  if (format != nullptr) failure = format->encode(raster, &content);
  if (failure.empty()) failure = ReplaceFile(path, content, Flush::kNo);
  if (!failure.empty()) return context.Fail(absl::StrCat("Failed to save image: ", failure));
  return Value::Bool(true);
}

// The larger of 1 and size * numerator / denominator, rounded to the nearest, halves up.
int64_t Scaled(int64_t size, int64_t numerator, int64_t denominator) {
  const __int128 twice = 2 * static_cast<__int128>(size) * numerator + denominator;
  return std::max<int64_t>(1, static_cast<int64_t>(twice / (2 * denominator)));
}

Value Resize(NativeContext& context, Value* args, uint32_t count) {
  const Image& image = Receiver(args);
  const Raster& raster = image.raster();
  if (count < 3) return Fail(context, kResizeCount);
  if (!args[1].IsNumber() || !args[2].IsNumber()) return Fail(context, kResizeType);
  int64_t width = IntOf(args[1]);
  int64_t height = IntOf(args[2]);
  if (width <= 0 || height <= 0) return Fail(context, kResizeRange);
  if (count > 3 && args[3].IsString() && TextOf(args[3]) == "fit") {
    if (static_cast<__int128>(width) * raster.height <=
        static_cast<__int128>(height) * raster.width) {
      height = Scaled(raster.height, width, raster.width);
    } else {
      width = Scaled(raster.width, height, raster.height);
    }
  }
  constexpr auto kMost = static_cast<int64_t>(kMaxPixels);
  if (width > kMost || height > kMost / width ||
      !CanMake(ResizeBytes(raster, static_cast<uint32_t>(width), static_cast<uint32_t>(height)))) {
    return FailTooLarge(context, "resize", width, height);
  }
  return NewImage(Resized(raster, static_cast<uint32_t>(width), static_cast<uint32_t>(height)),
                  image.format());
}

Value CropArea(NativeContext& context, Value* args, uint32_t count) {
  const Image& image = Receiver(args);
  if (count < 5) return Fail(context, kCropCount);
  int64_t numbers[4];
  for (int i = 0; i < 4; ++i) {
    if (!args[1 + i].IsNumber()) return Fail(context, kCropType);
    numbers[i] = std::max<int64_t>(0, IntOf(args[1 + i]));
  }
  const int64_t full_width = image.raster().width;
  const int64_t full_height = image.raster().height;
  const int64_t x = std::min(numbers[0], full_width);
  const int64_t y = std::min(numbers[1], full_height);
  const int64_t width = std::min(numbers[2], full_width - x);
  const int64_t height = std::min(numbers[3], full_height - y);
  if (width == 0 || height == 0) return Fail(context, kCropEmpty);
  return Transform(context, "crop", image, [&](const Raster& raster) {
    return Crop(raster, static_cast<uint32_t>(x), static_cast<uint32_t>(y),
                static_cast<uint32_t>(width), static_cast<uint32_t>(height));
  });
}

Value Rotate(NativeContext& context, Value* args, uint32_t count) {
  if (count < 2) return Fail(context, kRotateCount);
  if (!args[1].IsNumber()) return Fail(context, kRotateType);
  const int64_t degrees = IntOf(args[1]);
  if (degrees != 90 && degrees != 180 && degrees != 270) return Fail(context, kRotateRange);
  const Turn turn = degrees == 90 ? Turn::k90 : degrees == 180 ? Turn::k180 : Turn::k270;
  return Transform(context, "rotate", Receiver(args),
                   [&](const Raster& raster) { return Turned(raster, turn); });
}

Value Flip(NativeContext& context, Value* args, uint32_t count) {
  if (count < 2) return Fail(context, kFlipCount);
  if (!args[1].IsString()) return Fail(context, kFlipType);
  const std::string_view direction = TextOf(args[1]);
  if (direction != "horizontal" && direction != "vertical") return Fail(context, kFlipRange);
  const Turn turn = direction == "horizontal" ? Turn::kMirrorHorizontal : Turn::kMirrorVertical;
  return Transform(context, "flip", Receiver(args),
                   [&](const Raster& raster) { return Turned(raster, turn); });
}

Value ToGrayscale(NativeContext& context, Value* args, uint32_t) {
  return Transform(context, "to_grayscale", Receiver(args), [](const Raster& raster) {
    return WithChannels(raster, raster.has_alpha() ? 2 : 1);
  });
}

Value Blur(NativeContext& context, Value* args, uint32_t count) {
  const Image& image = Receiver(args);
  if (count < 2) return Fail(context, kBlurCount);
  if (!args[1].IsNumber()) return Fail(context, kBlurType);
  const auto sigma = static_cast<float>(FloatOf(args[1]));
  if (!(sigma >= 0)) return Fail(context, kBlurRange);
  const Raster& raster = image.raster();
  if (!CanMake(BlurBytes(raster, sigma))) {
    return FailTooLarge(context, "blur", raster.width, raster.height);
  }
  return NewImage(Blurred(raster, sigma), image.format());
}

Value AdjustBrightness(NativeContext& context, Value* args, uint32_t count) {
  if (count < 2) return Fail(context, kBrightnessCount);
  if (!args[1].IsNumber()) return Fail(context, kBrightnessType);
  const int64_t delta = TruncateToInt(FloatOf(args[1]) * kBrightnessStep);
  return Transform(context, "adjust_brightness", Receiver(args), [&](const Raster& raster) {
    return Brightened(raster, static_cast<int>(std::clamp<int64_t>(delta, -255, 255)));
  });
}

Value AdjustContrast(NativeContext& context, Value* args, uint32_t count) {
  if (count < 2) return Fail(context, kContrastCount);
  if (!args[1].IsNumber()) return Fail(context, kContrastType);
  const auto percent = static_cast<float>(FloatOf(args[1]));
  return Transform(context, "adjust_contrast", Receiver(args),
                   [&](const Raster& raster) { return Contrasted(raster, percent); });
}

// A program that makes a picture of two pixels.
#define RUFF_PICTURE "write_file(\"a.ppm\", \"P3 2 1 255 1 2 3 4 5 6\")\n"

constexpr NativeFunction kTable[] = {
    {.name = "load_image",
     .min_args = 1,
     .max_args = 1,
     .body = Load,
     .capability = Capability::kFilesystemRead,
     .signature = "load_image(path: string) -> image",
     .doc = "The picture in a file; the extension says its format.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\")) => <image 2x1>",
     .errors = "load_image requires a string path argument\n"
               "Cannot load image 'P': REASON",
     .arity_error = kLoadType},
    {.name = "image.save",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Save,
     .flags = NativeFunction::kHidden,
     .capability = Capability::kFilesystemWrite,
     .signature = "image.save(path: string) -> bool",
     .doc = "Writes the picture in the format that the extension says.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").save(\"a.png\")) => true",
     .errors = "save requires a path argument\n"
               "save requires a string path argument\n"
               "Failed to save image: REASON",
     .alias_of = "save"},
    {.name = "image.resize",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Resize,
     .flags = NativeFunction::kHidden,
     .signature = "image.resize(width: number, height: number, mode: string = \"exact\") -> image",
     .doc = "The picture in another size; with mode \"fit\" in its proportions inside that size.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").resize(8, 8, \"fit\")) => <image 8x4>",
     .errors = "resize requires at least width and height arguments\n"
               "resize requires numeric width and height\n"
               "resize requires positive width and height\n"
               "resize result is too large (W x H)"},
    {.name = "image.crop",
     .min_args = 1,
     .max_args = kVariadic,
     .body = CropArea,
     .flags = NativeFunction::kHidden,
     .signature = "image.crop(x: number, y: number, width: number, height: number) -> image",
     .doc = "A part of the picture, as far as it lies inside.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").crop(1, 0, 5, 5)) => <image 1x1>",
     .errors = "crop requires x, y, width, and height arguments\n"
               "crop requires numeric x, y, width, and height\n"
               "crop area is empty"},
    {.name = "image.rotate",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Rotate,
     .flags = NativeFunction::kHidden,
     .signature = "image.rotate(degrees: number) -> image",
     .doc = "The picture turned clockwise by 90, 180 or 270 degrees.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").rotate(90)) => <image 1x2>",
     .errors = "rotate requires a degrees argument\n"
               "rotate requires a numeric degrees argument\n"
               "rotate only supports 90, 180, or 270 degrees"},
    {.name = "image.flip",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Flip,
     .flags = NativeFunction::kHidden,
     .signature = "image.flip(direction: string) -> image",
     .doc = "The picture mirrored: \"horizontal\" (left and right) or \"vertical\".",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").flip(\"vertical\")) => <image 2x1>",
     .errors = "flip requires a direction argument ('horizontal' or 'vertical')\n"
               "flip requires a string direction argument\n"
               "flip direction must be 'horizontal' or 'vertical'"},
    {.name = "image.to_grayscale",
     .min_args = 1,
     .max_args = kVariadic,
     .body = ToGrayscale,
     .flags = NativeFunction::kHidden,
     .signature = "image.to_grayscale() -> image",
     .doc = "The picture without its colours.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").to_grayscale()) => <image 2x1>"},
    {.name = "image.blur",
     .min_args = 1,
     .max_args = kVariadic,
     .body = Blur,
     .flags = NativeFunction::kHidden,
     .signature = "image.blur(sigma: number) -> image",
     .doc = "The picture blurred; `sigma` is in pixels.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").blur(1.5)) => <image 2x1>",
     .errors = "blur requires a sigma argument\n"
               "blur requires a numeric sigma argument\n"
               "blur requires a non-negative sigma"},
    {.name = "image.adjust_brightness",
     .min_args = 1,
     .max_args = kVariadic,
     .body = AdjustBrightness,
     .flags = NativeFunction::kHidden,
     .signature = "image.adjust_brightness(factor: number) -> image",
     .doc = "The picture with 50 * factor added to its colours, of 255.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").adjust_brightness(1)) => <image 2x1>",
     .errors = "adjust_brightness requires a factor argument\n"
               "adjust_brightness requires a numeric factor argument"},
    {.name = "image.adjust_contrast",
     .min_args = 1,
     .max_args = kVariadic,
     .body = AdjustContrast,
     .flags = NativeFunction::kHidden,
     .signature = "image.adjust_contrast(factor: number) -> image",
     .doc = "The picture with more contrast, or with less for a negative factor.",
     .example = RUFF_PICTURE "print(load_image(\"a.ppm\").adjust_contrast(10)) => <image 2x1>",
     .errors = "adjust_contrast requires a factor argument\n"
               "adjust_contrast requires a numeric factor argument"},
};

}  // namespace

absl::Span<const NativeFunction> ImageBuiltins() { return kTable; }

}  // namespace ruff
