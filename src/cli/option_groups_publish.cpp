// SPDX-License-Identifier: Apache-2.0
// Options of `publish`, with the words of --help.
#include "option_groups.hpp"
#include "option_kinds.hpp"

namespace opready::cli {

CLI::App* add_publish(CLI::App& app, PublishOptions& options) {
  CLI::App* publish =
      app.add_subcommand("publish", "Put a run where Prow's, TestGrid's and Spyglass' readers look for it");
  publish->add_option("DIR", options.directory, "The run's report directory")->required();
  publish
      ->add_option("--to", options.root,
                   "A directory, or with --upload-command a place in a store: what stands in front of the job's name")
      ->type_name("ROOT")
      ->required();
  publish->add_option("--job", options.job, "The job's name; default: $JOB_NAME")->type_name("NAME");
  publish
      ->add_option(
          "--build", options.build,
          "The build's number; default: $BUILD_ID (not in a store), else the run's start in seconds or a later one")
      ->type_name("ID");
  publish
      ->add_option("--upload-command", options.upload_command,
                   "Copies the file or directory {src} so that it's named {dst}; run without a shell")
      ->type_name("COMMAND");
  publish->add_flag("--redact-hosts", options.redact_hosts,
                    "Mask names and addresses of nodes, the server and this machine in all that is published");
  publish->footer(
      "Where JOB_TYPE is presubmit or batch it takes Prow's paths of pull requests (pr-logs/pull/...). A run that is\n"
      "there already isn't published again. Exit codes: 0 it's there, 2 bad usage, 3 it could not be published.\n"
      "Examples:\n"
      "  op-readiness publish out --to /srv/results --job windows-nightly\n"
      "  op-readiness publish out --to gs://bucket/logs --job windows-nightly \\\n"
      "    --upload-command 'gsutil -m cp -r {src} {dst}' --redact-hosts\n");
  return publish;
}

}  // namespace opready::cli
