#include "ruff/driver/program_options.h"

#include <cstdlib>

#include "absl/strings/numbers.h"
#include "ruff/host/posix/environment.h"
#include "ruff/runtime/builtins/output.h"

namespace ruff {
namespace {

struct Grant {
  OptionId option;
  Capability capability;
};
constexpr Grant kGrants[] = {
    {OptionId::kAllowNet, Capability::kNetworkClient},
    {OptionId::kAllowNet, Capability::kNetworkServer},
#define RUFF_CAPABILITY(Id, name, flag, purpose) {OptionId::kAllow##Id, Capability::k##Id},
#include "ruff/runtime/vm/capability.def"
};

constexpr char kDestinationPolicy[] = "RUFF_NET_DESTINATION_POLICY";
constexpr char kDenyPrivate[] = "deny_private";

constexpr std::string_view kZeroTimeout =
    "[RUFCLI001] [cli] error: Scheduler timeout must be greater than 0ms\n";

// The environment's default; whatever makes no sense is ignored.
uint64_t DefaultSchedulerTimeout() {
  const char* text = std::getenv("RUFF_SCHEDULER_TIMEOUT_MS");
  uint64_t value;
  return text != nullptr && absl::SimpleAtoi(text, &value) ? value : 0;
}

// An untrusted program that may call out may not reach the machines around it, unless the
// environment has something to say about that.
void GuardPrivateDestinations(const Arguments& arguments) {
  const bool calls_out =
      arguments.Has(OptionId::kAllowNet) || arguments.Has(OptionId::kAllowNetworkClient);
  if (!arguments.Has(OptionId::kUntrusted) || !calls_out) return;
  if (arguments.Has(OptionId::kAllowAll) || FindVariable(kDestinationPolicy) != nullptr) return;
  SetVariable(kDestinationPolicy, kDenyPrivate);
}

}  // namespace

CapabilityPolicy ReadPolicy(const Arguments& arguments) {
  CapabilityPolicy policy;
  if (arguments.Has(OptionId::kAllowAll)) return policy;
  bool is_restricted = arguments.Has(OptionId::kUntrusted);
  for (const Grant& grant : kGrants) is_restricted |= arguments.Has(grant.option);
  if (!is_restricted) return policy;
  policy.DenyAll();
  for (const Grant& grant : kGrants) {
    if (arguments.Has(grant.option)) policy.Allow(grant.capability);
  }
  return policy;
}

std::optional<ProgramOptions> ReadProgramOptions(const Arguments& arguments) {
  ProgramOptions options;
  VmOptions& vm = options.vm;
  vm.max_instructions = arguments.Number(OptionId::kMaxInstructions, vm.max_instructions);
  vm.timeout_ms = arguments.Number(OptionId::kTimeoutMs, vm.timeout_ms);
  vm.max_memory = arguments.Number(OptionId::kMaxMemory, vm.max_memory);
  vm.max_call_depth =
      static_cast<uint32_t>(arguments.Number(OptionId::kMaxCallDepth, vm.max_call_depth));
  vm.switch_dispatch = arguments.Text(OptionId::kDispatch) == "switch";

  options.frontend.compile.optimize = !arguments.Has(OptionId::kNoOptimize);

  ParseLimits& parse = options.frontend.parse;
  if (arguments.Has(OptionId::kMaxNesting)) {
    const auto depth = static_cast<uint32_t>(arguments.Number(OptionId::kMaxNesting, 0));
    parse.block_depth = parse.expression_depth = depth;
  }

  options.policy = ReadPolicy(arguments);
  AsyncOptions& async = options.async;
  async.timeout_ms = DefaultSchedulerTimeout();
  GuardPrivateDestinations(arguments);
  if (arguments.Has(OptionId::kSchedulerTimeoutMs)) {
    async.timeout_ms = arguments.Number(OptionId::kSchedulerTimeoutMs, 0);
    if (async.timeout_ms == 0) {
      StandardOutput()->WriteError(kZeroTimeout);
      return std::nullopt;
    }
  }
  if (arguments.Has(OptionId::kSimulate)) {
    async.simulated = arguments.Number(OptionId::kSimulate, 0);
    async.io_fails = static_cast<uint32_t>(arguments.Number(OptionId::kSimulateErrors, 0));
  }
  return options;
}

}  // namespace ruff
