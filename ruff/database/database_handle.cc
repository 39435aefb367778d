#include "ruff/database/database_handle.h"

#include "absl/strings/str_cat.h"
#include "ruff/database/kind.h"
#include "ruff/database/pool.h"
#include "ruff/runtime/builtins/arguments.h"

namespace ruff {
namespace {

class Opening final : public Work {
 public:
  Opening(Scheduler& scheduler, Promise* owned_promise, std::string kind,
          std::string connection_string, PoolPlace place)
      : scheduler_(scheduler),
        promise_(owned_promise),
        kind_(std::move(kind)),
        connection_string_(std::move(connection_string)),
        opener_(place.pool() == nullptr ? Opener::kProgram : Opener::kPool),
        place_(std::move(place)) {}
  ~Opening() override { ReleaseObject(promise_); }

  std::string_view name() const override { return "database"; }
  void Run() override { connection_ = OpenDatabase(kind_, connection_string_, opener_, &error_); }
  void Done() override {
    if (connection_ != nullptr) {
      scheduler_.Fulfil(promise_,
                        NewHandle(std::make_unique<DatabaseHandle>(
                            std::make_shared<Session>(std::move(connection_), std::move(place_)))));
      return;
    }
    place_ = PoolPlace();
    scheduler_.Settle(promise_, Promise::kRejected,
                      NewText(opener_ == Opener::kPool ? PoolFailure(error_) : error_));
  }

 private:
  Scheduler& scheduler_;
  Promise* const promise_;
  const std::string kind_;
  const std::string connection_string_;
  const Opener opener_;
  PoolPlace place_;
  std::unique_ptr<Connection> connection_;
  std::string error_;
};

}  // namespace

void OpenHandle(Scheduler& scheduler, Promise* owned_promise, std::string kind,
                std::string connection_string, PoolPlace place) {
  scheduler.poller().StartThread(new Opening(scheduler, owned_promise, std::move(kind),
                                             std::move(connection_string), std::move(place)));
}

}  // namespace ruff
