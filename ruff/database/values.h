// Between values of the language and those of databases.

#ifndef RUFF_DATABASE_VALUES_H_
#define RUFF_DATABASE_VALUES_H_

#include <string_view>

#include "ruff/database/connection.h"
#include "ruff/database/result_set.h"
#include "ruff/runtime/value/value.h"
#include "ruff/runtime/vm/native.h"

namespace ruff {

// Reads the parameters of the builtin `name`: an array, or null or Unset for none. False after
// making the call fail.
bool ReadParameters(NativeContext& context, std::string_view name, Value array,
                    SqlParameters* parameters);

// An array with a dict for each row, owned; Unset when it does not fit into memory.
Value RowsAsValue(const ResultSet& rows);

}  // namespace ruff

#endif  // RUFF_DATABASE_VALUES_H_
