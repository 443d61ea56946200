// SPDX-License-Identifier: Apache-2.0
// Options of the subcommands that look after a cluster, with the words of --help.
#include "opready/cluster/placement_nodes.hpp"

#include "option_groups.hpp"
#include "option_kinds.hpp"

namespace opready::cli {

CLI::App* add_doctor(CLI::App& app, DoctorOptions& options) {
  CLI::App* doctor = app.add_subcommand("doctor", "Show what runs that were killed left in the cluster");
  doctor->add_flag("--repair", options.repair, "Undo it");
  add_target(*doctor, options.target);
  doctor->footer(
      "What a living run or a person set stays. Exit code 1 where something is left that should not be.\n"
      "Example:\n  op-readiness doctor --repair\n");
  return doctor;
}

CLI::App* add_cleanup(CLI::App& app, CleanupOptions& options) {
  CLI::App* cleanup = app.add_subcommand("cleanup", "Delete what one run left in the cluster");
  cleanup->add_option("DIR", options.directory, "The run's report directory")->required();
  cleanup->add_flag("--assume-ended", options.assume_ended,
                    "That run has ended, even if this can't be seen from here (another machine, a reboot)");
  cleanup->add_flag("--dry-run", options.dry_run, "Only show what would be removed");
  add_duration_or_zero(*cleanup, "--wait", options.wait, "How long to wait for namespaces to be gone; 0: not at all");
  add_target(*cleanup, options.target);
  cleanup->footer(
      "Removes the namespaces of that run alone, and what in the cluster certainly belongs to one of them. Exit code "
      "1\n"
      "where something is left. Examples:\n"
      "  op-readiness cleanup op-readiness-practice-20260131T081530Z\n"
      "  op-readiness cleanup op-readiness-practice-20260131T081530Z --wait 20m\n");
  return cleanup;
}

CLI::App* add_generate(CLI::App& app, AdmissionPolicyOptions& options) {
  CLI::App* generate = app.add_subcommand("generate", "Write manifests for people who install them themselves");
  generate->require_subcommand(1);
  CLI::App* policy = generate->add_subcommand("admission-policy",
                                              "What sends pods of e2e.test to Windows nodes, instead of `run --place`");
  add_choice<cluster::PolicyForm>(*policy, "--for", options.form,
                                  {{"native", cluster::PolicyForm::native},
                                   {"kyverno", cluster::PolicyForm::kyverno},
                                   {"gatekeeper", cluster::PolicyForm::gatekeeper}},
                                  "What enforces it: Kubernetes 1.36 or newer itself, Kyverno, or Gatekeeper")
      ->required();
  add_node_selector(*policy, options.node_selector);
  policy
      ->add_option_function<std::vector<std::string>>(
          "--taint",
          [&options](const std::vector<std::string>& texts) {
            for (const std::string& text : texts) {
              const auto taint = cluster::parse_taint(text);
              if (!taint) {
                throw CLI::ValidationError("--taint",
                                           fmt::format("'{}' is no taint such as os=windows:NoSchedule", text));
              }
              options.taints.push_back(*taint);
            }
          },
          "A taint of the Windows nodes, which their pods must tolerate; default: those that they have; repeatable")
      ->type_name("KEY[=VALUE]:EFFECT")
      ->allow_extra_args(false);
  add_target(*policy, options.target);
  generate->footer(
      "Example:\n  op-readiness generate admission-policy --for kyverno --taint os=windows:NoSchedule > policy.yaml\n");
  return generate;
}

}  // namespace opready::cli
