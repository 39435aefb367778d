#include "ruff/database/connection.h"

#include "absl/strings/str_cat.h"

namespace ruff {
namespace {

constexpr char kNoTransaction[] = "No transaction in progress. Use db_begin() first.";

std::string After(std::string_view what, const std::string& error) {
  return error.empty() ? "" : absl::StrCat(what, error);
}

}  // namespace

std::string Connection::Begin() {
  if (InTransaction()) return "Transaction already in progress. Commit or rollback first.";
  return After("Failed to begin transaction: ", Run(Control::kBegin));
}

std::string Connection::Commit() {
  if (!InTransaction()) return kNoTransaction;
  return After("Failed to commit transaction: ", Run(Control::kCommit));
}

std::string Connection::Rollback() {
  if (!InTransaction()) return kNoTransaction;
  return After("Failed to rollback transaction: ", Run(Control::kRollback));
}

}  // namespace ruff
