// WebP, by libwebp; written without loss.

#include <webp/decode.h>
#include <webp/encode.h>

#include "ruff/host/image/codec.h"

namespace ruff {
namespace {

constexpr int kEffort = 6;  // 0 (fast) to 9 (small)

}  // namespace

std::string DecodeWebp(std::string_view content, Raster* image) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(content.data());
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(bytes, content.size(), &features) != VP8_STATUS_OK) return "not a WebP file";
  if (features.has_animation != 0) return "animations are not supported";
  const auto width = static_cast<uint32_t>(features.width);
  const auto height = static_cast<uint32_t>(features.height);
  const bool alpha = features.has_alpha != 0;
  if (std::string error = CheckImageSize(width, height, 4); !error.empty()) return error;
  *image = Raster(width, height, alpha ? 4 : 3);
  const auto decode = alpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto;
  const int stride = static_cast<int>(width * image->channels);
  if (decode(bytes, content.size(), image->bytes.data(), image->bytes.size(), stride) == nullptr) {
    return "the data is damaged";
  }
  return {};
}

std::string EncodeWebp(const Raster& image, std::string* content) {
  if (image.width > WEBP_MAX_DIMENSION || image.height > WEBP_MAX_DIMENSION) {
    return "the image is too large for WebP";
  }
  const Raster colour = WithChannels(image, image.has_alpha() ? 4 : 3);
  WebPConfig config;
  WebPPicture picture;
  if (WebPConfigInit(&config) == 0 || WebPConfigLosslessPreset(&config, kEffort) == 0 ||
      WebPPictureInit(&picture) == 0) {
    return "the image cannot be encoded";
  }
  config.exact = 1;  // colours stay also where nobody sees them
  picture.use_argb = 1;
  picture.width = static_cast<int>(colour.width);
  picture.height = static_cast<int>(colour.height);
  picture.custom_ptr = content;
  picture.writer = [](const uint8_t* data, size_t size, const WebPPicture* to) {
    static_cast<std::string*>(to->custom_ptr)->append(reinterpret_cast<const char*>(data), size);
    return 1;
  };
  const auto import = colour.has_alpha() ? WebPPictureImportRGBA : WebPPictureImportRGB;
  const bool done = import(&picture, colour.bytes.data(),
                           static_cast<int>(colour.width * colour.channels)) != 0 &&
                    WebPEncode(&config, &picture) != 0;
  WebPPictureFree(&picture);
  return done ? "" : "the image cannot be encoded";
}

}  // namespace ruff
