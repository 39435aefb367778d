// A connection to a database, whatever its kind, without the language: parameters go in, rows come
// out. Everything here blocks, and belongs to one thread at a time; errors are returned as the
// whole message, empty when there is none.

#ifndef RUFF_DATABASE_CONNECTION_H_
#define RUFF_DATABASE_CONNECTION_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "ruff/database/result_set.h"

namespace ruff {

struct SqlBlob {
  std::string bytes;
};
using SqlParameter = std::variant<std::monostate, bool, int64_t, double, std::string, SqlBlob>;
using SqlParameters = std::vector<SqlParameter>;

class Connection {
 public:
  virtual ~Connection() = default;

  // Runs all statements of `sql` in order, or a single one with parameters. The rows that have been
  // inserted, changed and deleted, also when a later statement fails.
  virtual std::string Execute(const std::string& sql, const SqlParameters& parameters,
                              int64_t* changed) = 0;
  // Runs a single statement. Rows beyond what `rows` may hold are not read.
  virtual std::string Query(const std::string& sql, const SqlParameters& parameters,
                            ResultSet* rows) = 0;
  virtual std::string LastInsertId(int64_t* id) = 0;

  std::string Begin();
  std::string Commit();
  std::string Rollback();

  // Forgets an open transaction, for the next user; false when that fails.
  bool Reset() { return !InTransaction() || Run(Control::kRollback).empty(); }
  // Ends it, with its transaction; afterwards nothing may be asked. Twice is once.
  virtual void Close() = 0;

  // On any thread: whatever is under way or begins later soon fails.
  void Stop() { stopped_.store(true, std::memory_order_relaxed); }
  // So it does while `interrupt` (borrowed, may be null) is true.
  void set_interrupt(const std::atomic<bool>* interrupt) { interrupt_ = interrupt; }

 protected:
  enum class Control { kBegin, kCommit, kRollback };

  // Why it failed, without a prefix.
  virtual std::string Run(Control control) = 0;
  virtual bool InTransaction() = 0;

  bool stopped() const {
    return stopped_.load(std::memory_order_relaxed) ||
           (interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed));
  }

 private:
  const std::atomic<bool>* interrupt_ = nullptr;
  std::atomic<bool> stopped_ = false;
};

}  // namespace ruff

#endif  // RUFF_DATABASE_CONNECTION_H_
