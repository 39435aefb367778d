// Requests of HTTP/1.0 and 1.1, as their bytes come in.
//
// The grammar is http-parser's, in its strict form; it refuses what two servers could read in two
// ways (a length and an encoding at once, two lengths). Where it is lenient it gets help: an
// encoding must be chunked and nothing else, and lines must end in CR LF, for which it is given the
// lines of heads and chunks one by one. Its list of methods is closed, that of the language is not:
// the method is read here, and http-parser sees POST in its place, which means nothing special to
// it.

#ifndef RUFF_NETWORK_HTTP_SERVER_REQUEST_PARSER_H_
#define RUFF_NETWORK_HTTP_SERVER_REQUEST_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "http_parser.h"
#include "ruff/network/http_server/server_message.h"

namespace ruff {

class RequestParser {
 public:
  static constexpr size_t kMostMethodBytes = 64;

  enum class State { kHead, kBody, kComplete, kRefused };

  explicit RequestParser(uint64_t body_limit);
  RequestParser(const RequestParser&) = delete;
  RequestParser& operator=(const RequestParser&) = delete;

  // Reads on, at most to the end of the request: the bytes taken. Not when complete or refused.
  size_t Feed(std::string_view data);
  State state() const { return state_; }
  // Has the next request begun?
  bool has_begun() const { return has_begun_; }
  // The request, when complete; then the next one may begin.
  ServerRequest Take();
  // The status to answer when refused. What follows on the connection cannot be understood.
  int refusal() const { return refusal_; }
  // Does the client wait for "100 Continue"? Asked once for each request, in its body.
  bool TakeExpectation();

 private:
  static RequestParser* Of(http_parser* parser) {
    return static_cast<RequestParser*>(parser->data);
  }

  void Begin();
  size_t FeedMethod(std::string_view data);
  size_t FeedParser(std::string_view data);
  std::string_view NextPiece(std::string_view data) const;
  size_t FeedPiece(std::string_view data);
  int HeadComplete();
  int AppendBody(std::string_view piece);
  int Refuse(int status);

  const uint64_t body_limit_;
  http_parser parser_;
  State state_ = State::kHead;
  bool has_begun_ = false;
  bool has_method_ = false;
  bool in_value_ = false;  // of the last header
  bool in_lines_ = true;   // not in a body or in what a chunk holds
  char last_byte_ = 0;     // that http-parser has been given
  bool expects_continue_ = false;
  int refusal_ = 0;
  ServerRequest request_;
};

}  // namespace ruff

#endif  // RUFF_NETWORK_HTTP_SERVER_REQUEST_PARSER_H_
