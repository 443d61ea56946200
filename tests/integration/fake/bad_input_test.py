# SPDX-License-Identifier: Apache-2.0
"""Whatever is wrong with what op-readiness is given is said on one screen, with what to do, before anything starts."""

import pathlib
import unittest

from opready import FAKE_E2E, OpreadyTest

REMEDY = ("pass --e2e-binary PATH; e2e.test is in kubernetes-test-linux-amd64.tar.gz of each Kubernetes release on "
          "dl.k8s.io")
USAGE, CANNOT_RUN = 2, 3


class BadInput(OpreadyTest):
    def refused(self, status, message, *arguments, environment=None, children=0):
        """`message` is the whole of what is printed."""
        done = self.opready(*arguments, environment=environment)
        self.assertEqual((status, "", f"opready: error: {message}\n"), (done.status, done.out, done.err))
        self.assertFalse(self.report.path.exists())
        self.assertEqual(children, len(self.started_children()))
        self.assert_nothing_left()

    def refused_run(self, status, message, more=(), **named):
        self.refused(status, message, *self.run_arguments(more=more), **named)

    def refused_file(self, fault, text):
        path = self.directory / "spec.yaml"
        path.write_text(text)
        self.refused(USAGE, f"1 fault in category files\n{path}:{fault}", "run", "--report-dir", self.report.path,
                     "--test-directory", path, "--e2e-binary", FAKE_E2E, "--kubeconfig", self.kubeconfig)

    def test_kubeconfig_that_is_not_there(self):
        self.kubeconfig = pathlib.Path("/nowhere/config")
        self.refused_run(CANNOT_RUN, "cannot read kubeconfig '/nowhere/config' (from --kubeconfig): "
                                     "no such file or directory")

    def test_no_kubeconfig_at_all(self):
        arguments = self.run_arguments()
        place = arguments.index("--kubeconfig")
        self.refused(CANNOT_RUN, "no cluster to test: give --kubeconfig or set $KUBECONFIG, since there is no "
                                 "~/.kube/config", *arguments[:place], *arguments[place + 2:])

    def test_unknown_context(self):
        self.refused_run(CANNOT_RUN, f"no context 'deed' in kubeconfig '{self.kubeconfig}' (from --kubeconfig), "
                                     "did you mean 'dead'? (its contexts: dead)", more=["--context", "deed"])

    def test_unreachable_cluster(self):
        self.refused_run(CANNOT_RUN, "cannot reach the cluster at https://127.0.0.1:1 (context 'dead'): The"
                                     " connection to the server 127.0.0.1:1 was refused - did you specify the "
                                     "right host or port?",
                         environment={"FAKE_KUBECTL": "down"}, children=3)

    def test_e2e_test_that_is_not_there(self):
        self.e2e = "/nowhere/e2e.test"
        self.refused_run(CANNOT_RUN, f"cannot use e2e.test: '/nowhere/e2e.test': no such file or directory; {REMEDY}")

    def test_no_e2e_test_anywhere(self):
        self.e2e = "no-such-e2e.test"
        self.refused_run(CANNOT_RUN, f"no 'no-such-e2e.test' here and none in PATH; {REMEDY}")

    def test_e2e_test_that_is_not_executable(self):
        self.e2e = self.directory / "e2e.test"
        self.e2e.write_text("")
        self.refused_run(CANNOT_RUN, f"cannot use e2e.test: '{self.e2e}' is not executable; chmod +x it; {REMEDY}")

    def test_e2e_test_that_is_another_program(self):
        self.e2e = self.script("e2e.test", "echo 'usage: something else'\n")
        self.refused_run(CANNOT_RUN, f"'{self.e2e}' is no usable e2e.test: --help names no --ginkgo.focus; its last "
                                     "line: usage: something else")

    def test_report_directory_that_cannot_be_made(self):
        (self.directory / "file").write_text("")
        self.report.path = self.directory / "file" / "report"
        self.refused_run(CANNOT_RUN, f"cannot create directory '{self.report.path}': not a directory", children=3)

    def test_report_directory_that_cannot_be_written(self):
        # Root may write anywhere else.
        path = pathlib.Path("/proc/self/task")
        done = self.opready("run", *self.arguments("passes"), "--report-dir", path)
        self.assertEqual((CANNOT_RUN, ""), (done.status, done.out))
        self.assertRegex(done.err, r"\Aopready: error: cannot (create|write) .*'/proc/self/task[^\n]*\n\Z")

    def test_unknown_category(self):
        self.refused_run(USAGE, "there is no category 'Fake.Fauts', did you mean 'Fake.Faults'?\n"
                                "  there are: Fake.Faults",
                         more=["--category", "Fake.Fauts"])

    def test_unknown_case(self):
        self.refused(USAGE, "there is no case 'alve', did you mean 'alive'?\n  there are: alive, dead", "list",
                     *self.arguments("alve", file="dead_focus.yaml"))

    def test_unknown_option(self):
        self.refused_run(USAGE, "unknown option '--categry', did you mean '--category'? "
                                "(see 'op-readiness run --help')", more=["--categry", "Core.Network"])

    def test_unknown_subcommand(self):
        self.refused(USAGE, "'list' must come first: op-readiness list [OPTIONS]", "--color", "never", "list")
        self.refused(USAGE, "unknown subcommand 'lst', did you mean 'list'? (see 'op-readiness --help')", "lst")

    def test_option_without_its_value(self):
        self.refused(USAGE, "--category: 1 required NAME missing", "run", "--category")

    def test_bad_duration(self):
        self.refused_run(USAGE, "--case-timeout: '10' is no duration such as 90s, 20m or 1h30m",
                         more=["--case-timeout", "10"])

    def test_bad_filter(self):
        self.refused_run(USAGE, "--filter '(' is no regular expression: missing ): (", more=["--filter", "("])

    def test_flag_after_the_dashes_that_would_change_the_plan(self):
        self.refused_run(USAGE, "'--ginkgo.focus=x' can't be given to e2e.test after --: op-readiness sets that flag "
                                "itself", more=["--", "--ginkgo.focus=x"])

    def test_directory_without_category_files(self):
        self.refused(USAGE, f"no category files in '{self.directory / 'home'}': there is no *.yaml, *.yml or "
                            "*/spec.yaml", "run",
                     "--report-dir", self.report.path, "--test-directory", self.directory / "home",
                     "--e2e-binary", FAKE_E2E, "--kubeconfig", self.kubeconfig)

    def test_yaml_with_a_tab(self):
        self.refused_file("3:1: error: a tab in the indentation: use spaces, YAML allows nothing else there\n"
                          "\tfocus: [x]\n"
                          "^", "category: A\ntestCases:\n\tfocus: [x]\n")

    def test_unclosed_bracket(self):
        self.refused_file("4:10: error: this '[' isn't closed by line 5: add the ']', or the ',' that is missing\n"
                          "  focus: [x\n"
                          "         ^", "category: A\ntestCases:\n- description: a\n  focus: [x\n")

    def test_bracket_closed_by_another(self):
        self.refused_file("3:29: error: a closing bracket without its opening one: put a text that holds it in quotes\n"
                          "- {description: a, focus: [x}\n"
                          "                            ^", "category: A\ntestCases:\n- {description: a, focus: [x}\n")

    def test_duplicate_key(self):
        self.refused_file("2:1: error: duplicate key 'category': the first is in line 1\n"
                          "category: B\n"
                          "^", "category: A\ncategory: B\ntestCases:\n- {description: a, focus: [x]}\n")

    def test_number_where_a_text_belongs(self):
        self.refused_file("3:17: error: 'description': a number where a text belongs: write it in quotes\n"
                          "- {description: 7, focus: [x]}\n"
                          "                ^", "category: A\ntestCases:\n- {description: 7, focus: [x]}\n")

    def test_invalid_regexp(self):
        self.refused_file("3:28: error: 'focus': invalid regular expression: missing ): (x\n"
                          "- {description: a, focus: ['(x']}\n"
                          "                           ^",
                          "category: A\ntestCases:\n- {description: a, focus: ['(x']}\n")

    def test_every_fault_of_every_file_at_once(self):
        directory = self.directory / "categories"
        directory.mkdir()
        (directory / "a.yaml").write_text("category: A\ntestCases:\n- {description: a, focus: ['(']}\n")
        (directory / "b.yaml").write_text("category: B\nnonsense: 1\ntestCases:\n- {focus: [x]}\n")
        done = self.opready("validate", directory)
        self.assertEqual((USAGE, ""), (done.status, done.out))
        self.assertIn("3 faults in category files\n", done.err)
        self.assertIn(f"{directory / 'a.yaml'}:3:28: ", done.err)
        self.assertIn(f"{directory / 'b.yaml'}:2:1: ", done.err)
        self.assertIn(f"{directory / 'b.yaml'}:4:3: ", done.err)


if __name__ == "__main__":
    unittest.main()
