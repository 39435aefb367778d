#include "ruff/network/http_client/pending_request.h"

#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "ruff/network/http_client/engine.h"

namespace ruff {
namespace {

// What the engine's thread knows of a pending request.
struct Link {
  absl::Mutex mutex;
  Poller* poller ABSL_GUARDED_BY(mutex);
  Work* work ABSL_GUARDED_BY(mutex);  // null once nobody waits
  HttpResponse response ABSL_GUARDED_BY(mutex);
};

class PendingRequest final : public Work, public Operation {
 public:
  PendingRequest(Scheduler& scheduler, Promise* owned_promise, HttpRequest request,
                 HttpFinish finish)
      : scheduler_(scheduler),
        promise_(owned_promise),
        request_(std::move(request)),
        finish_(std::move(finish)) {
    absl::MutexLock lock(&link_->mutex);
    link_->poller = &scheduler.poller();
    link_->work = this;
  }

  ~PendingRequest() override {
    bool waiting;
    {
      absl::MutexLock lock(&link_->mutex);
      waiting = std::exchange(link_->work, nullptr) != nullptr;
    }
    if (waiting) Abort();
    ReleaseObject(promise_);
  }

  void Start() {
    id_ = HttpEngine::Shared().Start(request_, [link = link_](HttpResponse response) {
      absl::MutexLock lock(&link->mutex);
      if (link->work == nullptr) return;
      link->response = std::move(response);
      link->poller->Return(std::exchange(link->work, nullptr));
    });
  }

  void Run() override {}
  void Done() override {
    if (!promise_->pending()) return;
    promise_->origin = Promise::kUnknown;
    HttpResponse response;
    {
      absl::MutexLock lock(&link_->mutex);
      response = std::move(link_->response);
    }
    const HttpOutcome outcome = finish_(request_, response);
    switch (outcome.kind) {
      case HttpOutcome::kValue:
        scheduler_.Resolve(promise_, outcome.value);
        return;
      case HttpOutcome::kThrown:
        scheduler_.Settle(promise_, Promise::kRejected, outcome.value);
        return;
      case HttpOutcome::kReason:
        scheduler_.RejectWithReason(promise_, outcome.value);
        return;
    }
  }
  void Abort() override { HttpEngine::Shared().Abort(id_); }

 private:
  Scheduler& scheduler_;
  Promise* const promise_;
  const HttpRequest request_;
  HttpFinish finish_;
  const std::shared_ptr<Link> link_ = std::make_shared<Link>();
  HttpEngine::Id id_ = 0;
};

}  // namespace

Promise* StartHttpRequest(Scheduler& scheduler, HttpRequest request, HttpFinish finish,
                          bool can_abort) {
  Promise* promise = NewPromise();
  auto* pending =
      new PendingRequest(scheduler, RetainObject(promise), std::move(request), std::move(finish));
  if (can_abort) promise->SetOrigin(Promise::kOperation, static_cast<Operation*>(pending));
  scheduler.poller().SendOut(pending);
  pending->Start();
  return promise;
}

}  // namespace ruff
