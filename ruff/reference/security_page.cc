#include "ruff/reference/security_page.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "ruff/async/async_runtime.h"
#include "ruff/base/markdown_writer.h"
#include "ruff/database/database_builtins.h"
#include "ruff/host/host_builtins.h"
#include "ruff/network/network_builtins.h"
#include "ruff/runtime/builtins/registry.h"
#include "ruff/runtime/vm/capability.h"

namespace ruff {
namespace {

constexpr std::string_view kIntroduction =
    R"(Generated from the tables of builtins by `bazel run //ruff/reference:update_reference`.

A program may do what its user may, unless the command line says otherwise: then it has only the capabilities that are
granted to it. A capability is needed by every builtin that touches the host, and asked for in one place, when the
builtin is called: through whatever name, as a callback, in a task, a worker or an imported module.)";

constexpr std::string_view kDenial =
    R"(A call without its capability throws an error, which a program can catch; uncaught it ends the program with exit code 4.
The check comes before all others, so that a denied call tells nothing about the host.)";

constexpr std::string_view kBuiltins =
    R"(A builtin needs one capability, so whoever may write may also copy. Everything that is not listed needs none: printing
and reading standard input, arguments, data, text, hashes and ciphers, tasks and channels, `shared_*`, importing modules.)";

constexpr std::string_view kLimits =
    R"(There is no root directory: `filesystem-read` is every file that the user may read.

A program that may run others (`process-exec`, `shell-exec`) may do what they do: nothing limits a child but its options
(`timeout_ms`, `max_output_bytes`, `inherit_env`, `env_allow`, `env_deny`, `env`). A child inherits standard input and no
other open file. When its time is over its process group is killed.

Time, memory and depth have options of their own: `--timeout-ms`, `--max-memory`, `--max-instructions`,
`--max-call-depth`, `--max-nesting`, `--scheduler-timeout-ms`.)";

constexpr std::string_view kDestinations =
    R"(`--untrusted` together with `--allow-net` or `--allow-net-client` sets the environment variable
`RUFF_NET_DESTINATION_POLICY` to `deny_private`, unless it is set already. It is read at every call.)";

constexpr std::string_view kResolution =
    R"(The host is resolved first and refused if any of its addresses is; the connection then uses the addresses that were
checked, and every redirect is checked again. `RUFF_ALLOW_PRIVATE_NETWORK_DESTINATIONS=1` (or `true`, `yes`, `on`) lifts
the refusal. Neither says anything about listening, nor about databases. A program that may set environment variables
(`env-write`) may change both.)";

constexpr std::string_view kArchives =
    R"(Names in archives, and paths of requests for static files, must be relative and stay below their directory: no absolute
path, no `..`, no drive letter, no U+0000. Archives may not contain symbolic links, nor be extracted through one, and
their number of entries and their extracted size are limited.)";

constexpr std::string_view kImages =
    R"(The size that a picture claims to have is checked before memory is taken for it, and no more is unpacked than a picture
of that size needs.)";

constexpr std::string_view kSecrets =
    R"(Signatures, tags and hashes of passwords are compared in a time that does not depend on where they differ. Keys,
passwords and decrypted texts are overwritten when a builtin is done with them. The strings of the program itself are
not: what it holds stays in memory until that is used again. Salts, nonces and keys come from the random numbers of the
operating system, whatever `set_random_seed` says.)";

// Rows that only the prelude sees are called as methods.
bool IsMethod(const NativeFunction& native) {
  return (native.flags & NativeFunction::kHidden) != 0;
}

std::vector<std::string> BuiltinsOf(Capability capability) {
  std::set<std::string_view> names;
  std::set<std::string_view> methods;  // some have several names
  for (const NativeFunction* native : AllNatives()) {
    if (native->capability != capability) continue;
    if (IsMethod(*native)) {
      methods.insert(native->message_name());
    } else {
      names.insert(native->name);
    }
  }
  std::vector<std::string> listed;
  for (const std::string_view name : names) listed.push_back(MarkdownCode(name));
  for (const std::string_view name : methods) {
    listed.push_back(absl::StrCat("the method ", MarkdownCode(name)));
  }
  return listed;
}

}  // namespace

std::string SecurityPage() {
  RegisterAsyncBuiltins();
  RegisterHostBuiltins();
  RegisterNetworkBuiltins();
  RegisterDatabaseBuiltins();
  MarkdownWriter page;
  page.Heading(1, "Security");
  page.Paragraph(kIntroduction);
  page.Table(
      {"Options of `ruff run` and `ruff test-run`", "Allowed"},
      {{"none of these", "everything"},
       {"`--untrusted`", "nothing"},
       {"`--allow-X`, with or without `--untrusted`", "only the capabilities that are named"},
       {"`--allow-net`", "`network-client` and `network-server`"},
       {"`--allow-all`", "everything, whatever other options say"}});
  page.Paragraph(kDenial);
  page.Code("text", DenialMessage(Capability::kFilesystemRead, "read_file"));

  page.Heading(2, "Capabilities");
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> lists;
  for (int i = 1; i < static_cast<int>(Capability::kCount); ++i) {
    const auto c = static_cast<Capability>(i);
    rows.push_back({MarkdownCode(CapabilityName(c)),
                    MarkdownCode(absl::StrCat("--allow-", CapabilityFlag(c))),
                    std::string(CapabilityPurpose(c))});
    const std::vector<std::string> builtins = BuiltinsOf(c);
    if (builtins.empty()) continue;
    lists.push_back(absl::StrCat("**", CapabilityName(c), "**: ", absl::StrJoin(builtins, ", ")));
  }
  page.Table({"Capability", "Option", "Lets a program"}, rows);
  page.Heading(2, "What needs them");
  page.Paragraph(kBuiltins);
  page.Bullets(lists);

  page.Heading(2, "What they do not do");
  page.Paragraph(kLimits);
  page.Heading(2, "Network destinations");
  page.Paragraph(kDestinations);
  page.Table({"`RUFF_NET_DESTINATION_POLICY`", "Outgoing connections"},
             {{"not set, empty, `allow_all`, `allow-all`, `permissive`", "to everywhere"},
              {"`deny_private`, `deny-private`, `strict`",
               "not to private, loopback, link-local, multicast and unspecified addresses"},
              {"anything else", "none"}});
  page.Paragraph(kResolution);
  page.Heading(2, "Archives and paths");
  page.Paragraph(kArchives);
  page.Heading(2, "Images");
  page.Paragraph(kImages);
  page.Heading(2, "Secrets");
  page.Paragraph(kSecrets);
  return page.text();
}

}  // namespace ruff
