# What any input demands of toml++.

# Tables are looked up in sets: in lists, time grows with the square of their number.
s/^#include <vector>/#include <unordered_set>\n&/
s/std::vector<(table|array)\*> (implicit_tables|dotted_key_tables|table_arrays);/std::unordered_set<\1*> \2;/
s/(implicit_tables|dotted_key_tables|table_arrays)\.push_back/\1.insert/
s/impl::find\((implicit_tables|dotted_key_tables|table_arrays)\.begin\(\), \1\.end\(\), ([a-z]+)\)/\1.count(\2)/
s/implicit_tables\.erase\(.*\);/implicit_tables.erase(tbl);/

# Bad documents break what it asserts or calls unreachable, and are reported behind that.
s/^#define (TOML_ASSERT|TOML_ASSERT_ASSUME)\(expr\) .*/#define \1(expr) static_assert(true)/
/switch \(child_index_0\)/,/default:/ s/TOML_UNREACHABLE/return false/

# A header that cannot be is reported where it begins, not on the next line.
/check if each parent is a table/,/need to create a new implicit table/ {
  s/set_error_and_return_default\(/return set_error_at(header_begin_pos, /
  s/sv\);$/sv), nullptr;/
}

# The parts of keys count as nesting, which has a limit.
s/key_buffer\.push_back\(key_segment, key_begin, key_end\);/&\
if (key_buffer.segments.size() > max_nested_values) set_error_and_return_default("exceeded maximum key depth of "sv, max_nested_values);/
s/node_ptr val = parse_value\(\);/const size_t key_depth = key_buffer.segments.size() - 1u;\
nested_values += key_depth;\
&\
nested_values -= key_depth;/

# Room for every finite float without an exponent.
s/max_history_length = 128/max_history_length = 512/

# RFC 3339 has leap seconds.
s/second > 59u/second > 60u/
s/second between 0 and 59/second between 0 and 60/

# The limit has a name only in its source.
s/max_nested_values,$/max_nested_values);/
s/^.*" \(TOML_MAX_NESTED_VALUES\)"sv\);$//
