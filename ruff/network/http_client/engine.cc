#include "ruff/network/http_client/engine.h"

#include <signal.h>
#include <time.h>

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "curl/curl.h"
#include "ruff/base/check.h"
#include "ruff/network/http_client/exchange.h"

namespace ruff {
namespace {

constexpr long kMostIdleConnections = 64;
constexpr int kLongestWaitMs = 60'000;

int64_t NowMs() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return int64_t{t.tv_sec} * 1'000 + t.tv_nsec / 1'000'000;
}

// Starts a thread that handles no signals: those are the program's.
template <typename F>
void StartThread(F run) {
  sigset_t all;
  sigset_t old;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  std::thread(std::move(run)).detach();
  pthread_sigmask(SIG_SETMASK, &old, nullptr);
}

// The threads that look names up.
class Resolver {
 public:
  using Found = absl::AnyInvocable<void(AddressLookup)>;

  // `found` is called on a thread of the resolver.
  void Start(std::string host, Found found) {
    absl::MutexLock lock(&mutex_);
    lookups_.push_back({std::move(host), std::move(found)});
    if (idle_ >= lookups_.size() || threads_ == HttpEngine::kMostLookups) return;
    ++threads_;
    StartThread([this] { Run(); });
  }

 private:
  struct Lookup {
    std::string host;
    Found found;
  };

  bool HasLookup() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !lookups_.empty(); }

  void Run() {
    while (true) {
      Lookup next = Take();
      next.found(Resolve(next.host));
    }
  }

  Lookup Take() {
    absl::MutexLock lock(&mutex_);
    ++idle_;
    mutex_.Await(absl::Condition(this, &Resolver::HasLookup));
    --idle_;
    Lookup next = std::move(lookups_.front());
    lookups_.pop_front();
    return next;
  }

  absl::Mutex mutex_;
  std::deque<Lookup> lookups_ ABSL_GUARDED_BY(mutex_);
  size_t idle_ ABSL_GUARDED_BY(mutex_) = 0;
  int threads_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

class HttpEngine::Impl {
 public:
  Impl() {
    RUFF_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
    multi_ = curl_multi_init();
    RUFF_CHECK(multi_ != nullptr);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kMostIdleConnections);
    StartThread([this] { Run(); });
  }

  Id Start(HttpRequest request, Done done) {
    auto job = std::make_unique<Job>(std::move(request), std::move(done));
    absl::MutexLock lock(&mutex_);
    job->id = next_id_++;
    const Id id = job->id;
    mail_.started.push_back(std::move(job));
    curl_multi_wakeup(multi_);
    return id;
  }

  void Abort(Id id) {
    absl::MutexLock lock(&mutex_);
    mail_.aborted.push_back(id);
    curl_multi_wakeup(multi_);
  }

 private:
  struct Job {
    Job(HttpRequest request, Done d) : exchange(std::move(request)), done(std::move(d)) {}

    Id id = 0;
    Exchange exchange;
    Done done;
    bool resolving = false;
    bool transferring = false;
  };

  // From other threads.
  struct Mail {
    std::vector<std::unique_ptr<Job>> started;
    std::vector<std::pair<Id, AddressLookup>> resolved;
    std::vector<Id> aborted;
  };

  void Run() {
    while (true) {
      ReadMail();
      BeginWaiting();
      int running = 0;
      curl_multi_perform(multi_, &running);
      ReadOutcomes();
      curl_multi_poll(multi_, nullptr, 0, ExpireLookups(), nullptr);
    }
  }

  void ReadMail() {
    Mail mail;
    {
      absl::MutexLock lock(&mutex_);
      std::swap(mail, mail_);
    }
    for (auto& job : mail.started) {
      const Id id = job->id;
      waiting_.emplace(id, std::move(job));
    }
    for (auto& [id, lookup] : mail.resolved) {
      const auto found = jobs_.find(id);
      if (found == jobs_.end()) continue;
      Job* job = found->second.get();
      job->resolving = false;
      Take(job, job->exchange.Resolved(lookup, NowMs()));
    }
    for (const Id id : mail.aborted) AbortJob(id);
  }

  void AbortJob(Id id) {
    if (const auto found = jobs_.find(id); found != jobs_.end()) {
      Stop(found->second.get());
      return;
    }
    auto waiting = waiting_.extract(id);
    if (waiting.empty()) return;
    Job* const job = waiting.mapped().get();
    jobs_.emplace(id, std::move(waiting.mapped()));
    Stop(job);
  }

  void Stop(Job* job) {
    if (job->transferring) curl_multi_remove_handle(multi_, job->exchange.transfer().handle());
    Take(job, job->exchange.GiveUp());
  }

  void BeginWaiting() {
    while (!waiting_.empty() && jobs_.size() < kMostExchanges) {
      auto first = waiting_.extract(waiting_.begin());
      Job* const begun = first.mapped().get();
      jobs_.emplace(begun->id, std::move(first.mapped()));
      Take(begun, begun->exchange.Begin(NowMs()));
    }
  }

  // Does what a job wants next; frees the job when it is finished.
  void Take(Job* job, Exchange::Step step) {
    const Id id = job->id;
    switch (step) {
      case Exchange::Step::kResolve:
        job->resolving = true;
        resolver_.Start(job->exchange.host(), [this, id](AddressLookup lookup) {
          absl::MutexLock lock(&mutex_);
          mail_.resolved.emplace_back(id, std::move(lookup));
          curl_multi_wakeup(multi_);
        });
        return;
      case Exchange::Step::kTransfer: {
        job->transferring = true;
        CURL* handle = job->exchange.transfer().handle();
        curl_easy_setopt(handle, CURLOPT_PRIVATE, job);
        RUFF_CHECK(curl_multi_add_handle(multi_, handle) == CURLM_OK);
        return;
      }
      case Exchange::Step::kFinished: {
        const auto finished = jobs_.extract(id);
        job->done(std::move(job->exchange.response()));
        return;
      }
    }
  }

  void ReadOutcomes() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      CURL* handle = message->easy_handle;
      char* data = nullptr;
      curl_easy_getinfo(handle, CURLINFO_PRIVATE, &data);
      Job* job = reinterpret_cast<Job*>(data);
      curl_multi_remove_handle(multi_, handle);
      job->transferring = false;
      Take(job, job->exchange.Transferred(code, NowMs()));
    }
  }

  // Gives up the jobs whose names take too long to be found. Returns for how many ms nothing is due
  // here.
  int ExpireLookups() {
    const int64_t now = NowMs();
    int64_t wait = kLongestWaitMs;
    std::vector<Job*> expired;
    for (const auto& [id, job] : jobs_) {
      if (!job->resolving) continue;
      const int64_t left = job->exchange.deadline_ms() - now;
      if (left <= 0) expired.push_back(job.get());
      wait = std::min(wait, left);
    }
    for (Job* job : expired) Stop(job);
    const bool can_begin = !waiting_.empty() && jobs_.size() < kMostExchanges;
    return can_begin ? 0 : static_cast<int>(std::max<int64_t>(wait, 0));
  }

  Resolver resolver_;
  CURLM* multi_;  // of the engine's thread, but for waking it up

  absl::Mutex mutex_;
  Mail mail_ ABSL_GUARDED_BY(mutex_);
  Id next_id_ ABSL_GUARDED_BY(mutex_) = 1;

  // Of the engine's thread.
  std::map<Id, std::unique_ptr<Job>> waiting_;
  absl::flat_hash_map<Id, std::unique_ptr<Job>> jobs_;  // begun
};

HttpEngine::HttpEngine() : impl_(new Impl) {}

HttpEngine& HttpEngine::Shared() {
  static HttpEngine* const engine = new HttpEngine;
  return *engine;
}

HttpEngine::Id HttpEngine::Start(HttpRequest request, Done done) {
  return impl_->Start(std::move(request), std::move(done));
}

void HttpEngine::Abort(Id id) { impl_->Abort(id); }

}  // namespace ruff
