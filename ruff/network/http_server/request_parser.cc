#include "ruff/network/http_server/request_parser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace ruff {
namespace {

constexpr int kBadRequest = 400;
constexpr int kPayloadTooLarge = 413;
constexpr int kExpectationFailed = 417;
constexpr int kHeadersTooLarge = 431;
constexpr int kVersionNotSupported = 505;
constexpr std::string_view kStandIn = "POST ";

}  // namespace

RequestParser::RequestParser(uint64_t body_limit) : body_limit_(body_limit) { Begin(); }

void RequestParser::Begin() {
  http_parser_init(&parser_, HTTP_REQUEST);
  parser_.data = this;
  state_ = State::kHead;
  has_begun_ = has_method_ = in_value_ = expects_continue_ = false;
  in_lines_ = true;
  last_byte_ = 0;
  request_ = ServerRequest();
}

ServerRequest RequestParser::Take() {
  ServerRequest taken = std::move(request_);
  Begin();
  return taken;
}

bool RequestParser::TakeExpectation() { return std::exchange(expects_continue_, false); }

int RequestParser::Refuse(int status) {
  state_ = State::kRefused;
  refusal_ = status;
  return 1;
}

size_t RequestParser::Feed(std::string_view data) {
  const size_t taken = has_method_ ? 0 : FeedMethod(data);
  // To http-parser no data is the end of the connection.
  if (!has_method_ || state_ == State::kRefused || taken == data.size()) return taken;
  return taken + FeedParser(data.substr(taken));
}

// Up to the blank after the method; empty lines before it do not count.
size_t RequestParser::FeedMethod(std::string_view data) {
  size_t taken = 0;
  for (const char c : data) {
    ++taken;
    if (!has_begun_ && (c == '\r' || c == '\n')) continue;
    has_begun_ = true;
    if (c == ' ' && !request_.method.empty()) {
      has_method_ = true;
      FeedParser(kStandIn);
      break;
    }
    if (!IsHttpToken({&c, 1}) || request_.method.size() == kMostMethodBytes) {
      Refuse(kBadRequest);
      break;
    }
    request_.method += c;
  }
  return taken;
}

size_t RequestParser::FeedParser(std::string_view data) {
  size_t taken = 0;
  while (taken < data.size() && state_ != State::kComplete && state_ != State::kRefused) {
    const std::string_view piece = NextPiece(data.substr(taken));
    if (piece.empty()) {
      Refuse(kBadRequest);
    } else {
      taken += FeedPiece(piece);
      last_byte_ = piece.back();
    }
  }
  return taken;
}

// What of `data` http-parser may be given at once: a line, or what is no line. Empty: an LF without
// a CR.
std::string_view RequestParser::NextPiece(std::string_view data) const {
  if (in_lines_) {
    const size_t end = data.find('\n');
    if (end == data.npos) return data;
    const char before = end == 0 ? last_byte_ : data[end - 1];
    return data.substr(0, before == '\r' ? end + 1 : end);
  }
  // A chunk ends in CR LF, which http-parser checks.
  return (parser_.flags & F_CHUNKED) != 0 ? data.substr(0, parser_.content_length + 2) : data;
}

size_t RequestParser::FeedPiece(std::string_view data) {
  static const http_parser_settings settings = [] {
    http_parser_settings callbacks;
    http_parser_settings_init(&callbacks);
    callbacks.on_url = [](http_parser* parser, const char* text, size_t size) {
      Of(parser)->request_.target.append(text, size);
      return 0;
    };
    callbacks.on_header_field = [](http_parser* parser, const char* text, size_t size) {
      RequestParser* self = Of(parser);
      if (self->state_ != State::kHead) return 0;  // after the body: of no use
      auto& headers = self->request_.headers;
      if (headers.empty() || std::exchange(self->in_value_, false)) headers.emplace_back();
      headers.back().name.append(text, size);
      return 0;
    };
    callbacks.on_header_value = [](http_parser* parser, const char* text, size_t size) {
      RequestParser* self = Of(parser);
      if (self->state_ != State::kHead) return 0;
      self->in_value_ = true;
      self->request_.headers.back().value.append(text, size);
      return 0;
    };
    callbacks.on_headers_complete = [](http_parser* parser) {
      // 1 would mean something else.
      return Of(parser)->HeadComplete() == 0 ? 0 : -1;
    };
    callbacks.on_body = [](http_parser* parser, const char* text, size_t size) {
      return Of(parser)->AppendBody({text, size});
    };
    callbacks.on_chunk_header = [](http_parser* parser) {
      Of(parser)->in_lines_ = parser->content_length == 0;
      return 0;
    };
    callbacks.on_chunk_complete = [](http_parser* parser) {
      Of(parser)->in_lines_ = true;
      return 0;
    };
    callbacks.on_message_complete = [](http_parser* parser) {
      Of(parser)->state_ = State::kComplete;
      http_parser_pause(parser, 1);
      return 0;
    };
    return callbacks;
  }();
  const size_t taken = http_parser_execute(&parser_, &settings, data.data(), data.size());
  if (state_ == State::kComplete || state_ == State::kRefused) return taken;
  switch (HTTP_PARSER_ERRNO(&parser_)) {
    case HPE_OK:
      break;
    case HPE_HEADER_OVERFLOW:
      Refuse(kHeadersTooLarge);
      break;
    default:
      Refuse(kBadRequest);
      break;
  }
  return taken;
}

int RequestParser::HeadComplete() {
  parser_.upgrade = 0;  // to no other protocol
  if (parser_.http_major != 1 || parser_.http_minor > 1) return Refuse(kVersionNotSupported);
  request_.is_http_1_0 = parser_.http_minor == 0;
  request_.keeps_alive = http_should_keep_alive(&parser_) != 0;
  std::string_view expectation;
  int encodings = 0;
  for (Header& header : request_.headers) {
    if (!IsHttpToken(header.name)) return Refuse(kBadRequest);
    header.value.erase(absl::StripTrailingAsciiWhitespace(std::string_view(header.value)).size());
    if (absl::EqualsIgnoreCase(header.name, "expect")) expectation = header.value;
    if (absl::EqualsIgnoreCase(header.name, "transfer-encoding")) {
      const bool is_sound = ++encodings == 1 && absl::EqualsIgnoreCase(header.value, "chunked") &&
                            !request_.is_http_1_0;
      if (!is_sound) return Refuse(kBadRequest);
    }
  }
  const bool has_length = (parser_.flags & F_CONTENTLENGTH) != 0;
  if (has_length && parser_.content_length > body_limit_) return Refuse(kPayloadTooLarge);
  if (!expectation.empty() && !request_.is_http_1_0) {
    if (!absl::EqualsIgnoreCase(expectation, "100-continue")) return Refuse(kExpectationFailed);
    expects_continue_ =
        (has_length && parser_.content_length > 0) || (parser_.flags & F_CHUNKED) != 0;
  }
  state_ = State::kBody;
  in_lines_ = (parser_.flags & F_CHUNKED) != 0;
  return 0;
}

int RequestParser::AppendBody(std::string_view piece) {
  expects_continue_ = false;  // it did not wait
  if (piece.size() > body_limit_ - request_.body.size()) return Refuse(kPayloadTooLarge);
  request_.body.append(piece);
  return 0;
}

}  // namespace ruff
