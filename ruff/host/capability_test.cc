// Whatever touches the host is denied without its capability, and with it alone it is not.

#include "ruff/runtime/vm/capability.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "ruff/host/run_host_program.h"
#include "ruff/runtime/builtins/registry.h"

namespace ruff {
namespace {

// What needs which capability, as the language reference has it. A row that is missing here, or
// says something else, is a mistake in one of the two places.
struct Gate {
  Capability capability;
  std::string_view names;
};
constexpr Gate kGates[] = {
    {Capability::kFilesystemRead,
     "read_file read_file_lossy read_binary_file read_lines list_dir file_exists file_size "
     "path_exists path_is_dir path_is_file path_is_symlink path_extension path_absolute dirname "
     "basename join_path path_join os_getcwd os_environ io_read_bytes io_read_at io_seek_read "
     "io_file_metadata load_image md5_file sha256_file async_read_file async_read_files kv_get"},
    {Capability::kFilesystemWrite,
     "write_file append_file write_binary_file create_dir rename_file copy_file os_chdir "
     "zip_create zip_add_file zip_add_dir zip_close unzip gif_to_webp io_write_bytes "
     "io_append_bytes io_write_at io_truncate io_copy_range async_write_file async_write_files "
     "ssg_render_and_write_pages ssg_read_render_and_write_pages kv_set"},
    {Capability::kFilesystemDelete, "delete_file os_rmdir"},
    {Capability::kProcessExec, "spawn_process pipe_commands"},
    {Capability::kShellExec, "execute execute_status"},
    {Capability::kEnvRead, "env env_or env_int env_float env_bool env_required env_list"},
    {Capability::kEnvWrite, "env_set"},
    {Capability::kNetworkClient,
     "http_get http_post http_put http_delete http_request http_get_binary http_get_stream "
     "parallel_http oauth2_get_token ai_chat ai_stream_chat ai_embedding ai_tool_loop tcp_connect "
     "tcp_send tcp_receive udp_send_to udp_receive_from async_http_get async_http_post"},
    {Capability::kNetworkServer, "tcp_listen tcp_accept udp_bind http_listen"},
    {Capability::kDatabase,
     "db_connect db_execute db_query db_close db_pool db_pool_acquire db_pool_release "
     "db_pool_stats db_pool_close db_begin db_commit db_rollback db_last_insert_id"},
    {Capability::kClock,
     "now now_utc now_unix now_utc_seconds current_timestamp time performance_now time_us time_ns "
     "format_duration elapsed format_date parse_date sleep async_sleep async_timeout"},
    {Capability::kRandom,
     "random random_int random_choice uuid_v4 random_id set_random_seed clear_random_seed"},
};

Capability GateOf(std::string_view name) {
  for (const Gate& gate : kGates) {
    for (const std::string_view gated : absl::StrSplit(gate.names, ' ')) {
      if (gated == name) return gate.capability;
    }
  }
  return Capability::kNone;
}

std::vector<const NativeFunction*> Rows() {
  RunHostProgram("");  // registers all
  return {AllNatives().begin(), AllNatives().end()};
}

std::string Call(const NativeFunction* native, const CapabilityPolicy& policy) {
  return RunHostProgram(absl::StrCat("try { ", native->name, "() } except e { print(e.message) }"),
                        policy);
}

TEST(CapabilityTest, EveryRowHasTheCapabilityOfTheReference) {
  for (const NativeFunction* native : Rows()) {
    if ((native->flags & NativeFunction::kHidden) != 0) continue;
    EXPECT_EQ(CapabilityName(native->capability), CapabilityName(GateOf(native->name)))
        << native->name;
  }
}

// The check comes before that of the arguments, so a call without any shows it.
TEST(CapabilityTest, EveryGatedRowIsDeniedWithoutItsCapability) {
  for (const NativeFunction* native : Rows()) {
    if (native->capability == Capability::kNone) continue;
    if ((native->flags & NativeFunction::kHidden) != 0) continue;
    const std::string denial =
        absl::StrCat(DenialMessage(native->capability, native->message_name()), "\n");
    CapabilityPolicy nothing;
    nothing.DenyAll();
    EXPECT_EQ(Call(native, nothing), denial);
    CapabilityPolicy others;
    others.DenyAll();
    for (int i = 1; i < static_cast<int>(Capability::kCount); ++i) {
      if (i != static_cast<int>(native->capability)) others.Allow(static_cast<Capability>(i));
    }
    EXPECT_EQ(Call(native, others), denial);
  }
}

TEST(CapabilityTest, EveryGatedRowThatWantsArgumentsIsReachedWithItsCapability) {
  for (const NativeFunction* native : Rows()) {
    if (native->capability == Capability::kNone || native->min_args == 0) continue;
    if ((native->flags & NativeFunction::kHidden) != 0) continue;
    CapabilityPolicy only;
    only.DenyAll();
    only.Allow(native->capability);
    EXPECT_EQ(Call(native, only), absl::StrCat(ArityError(*native, 0), "\n"));
  }
}

// However it is reached: as a value, as a callback, in a task.
TEST(CapabilityTest, TheCheckIsInTheCall) {
  CapabilityPolicy nothing;
  nothing.DenyAll();
  const std::string denial =
      absl::StrCat(DenialMessage(Capability::kFilesystemRead, "file_size"), "\n");
  for (const std::string_view call :
       {"f := file_size\nf(\"x\")", "map([\"x\"], file_size)",
        "async func g() { return file_size(\"x\") }\nawait g()",
        "await await_task(spawn_task(async func() { return file_size(\"x\") }))"}) {
    const std::string said =
        RunHostProgram(absl::StrCat("try { ", call, " } except e { print(e.message) }"), nothing);
    EXPECT_TRUE(said.ends_with(denial)) << call << ": " << said;
  }
}

}  // namespace
}  // namespace ruff
