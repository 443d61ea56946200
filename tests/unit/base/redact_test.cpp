// SPDX-License-Identifier: Apache-2.0
// Tests of masking secrets, and of leaving alone what is none.
#include "opready/base/redact.hpp"

#include <gtest/gtest.h>

namespace opready::base {
namespace {

struct Row {
  std::string_view line;
  std::string_view expected;
};

void expect_redacted(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    std::string line(row.line);
    EXPECT_TRUE(Redactor().redact(line)) << row.line;
    EXPECT_EQ(line, row.expected);
    EXPECT_FALSE(Redactor().redact(line)) << "again: " << row.expected;
  }
}

TEST(Redactor, MasksJsonWebTokens) {
  expect_redacted({
      {"got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_x for pod", "got [redacted] for pod"},
      {R"(token="eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln")", R"(token="[redacted]")"},
      {R"(a\neyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln\n)", R"(a\n[redacted]\n)"},
      {"encrypted eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn", "encrypted [redacted]"},
      {"cut eyJhbGciOiJSUzI1NiJ9.eyJzdW", "cut [redacted]"},
      {"eyJhbGciOiJSUzI1NiJ9.a.b eyJhbGciOiJSUzI1NiJ9.c.d", "[redacted] [redacted]"},
      {"\xFF\xFE eyJhbGciOiJSUzI1NiJ9.a.b \x80", "\xFF\xFE [redacted] \x80"},
  });
}

TEST(Redactor, MasksCredentialsOfHeaders) {
  expect_redacted({
      {"Authorization: Bearer abc", "Authorization: Bearer [redacted]"},
      {"Authorization: Bearer --client-key abc", "Authorization: Bearer [redacted] [redacted]"},
      {"bearer --client-key-of-many-letters abc", "bearer [redacted] [redacted]"},
      {"authorization: basic dXNlcjpwYXNz", "authorization: basic [redacted]"},
      {"> Proxy-Authorization: Basic dXNlcjpwYXNz", "> Proxy-Authorization: Basic [redacted]"},
      {R"(curl -H "Authorization: Bearer abc" https://h)", R"(curl -H "Authorization: Bearer [redacted]" https://h)"},
      {R"({"Authorization":["Bearer abc"],"Accept":"*/*"})",
       R"({"Authorization":["Bearer [redacted]"],"Accept":"*/*"})"},
      {R"(\"Authorization\": \"Bearer abc\")", R"(\"Authorization\": \"Bearer [redacted]\")"},
      {"map[Authorization:[Bearer abc] Host:[h]]", "map[Authorization:[Bearer [redacted]] Host:[h]]"},
      {"sent Bearer abcdef.0123456789abcdef to it", "sent Bearer [redacted] to it"},
      {"sent bearer QWxhZGRpbjpvcGVuIHNlc2FtZQ", "sent bearer [redacted]"},
      {"sent Basic dXNlcjpwYXNzdw==", "sent Basic [redacted]"},
  });
}

TEST(Redactor, MasksFieldsOfKubeconfigFilesAsYaml) {
  expect_redacted({
      {"    token: abc", "    token: [redacted]"},
      {"token: abc\r", "token: [redacted]\r"},
      {"  - token: abc", "  - token: [redacted]"},
      {R"(    password: "correct horse # battery")", "    password: [redacted]"},
      {"    password: correct horse", "    password: [redacted]"},
      {"    client-key-data: LS0tLS1CRUdJTg==", "    client-key-data: [redacted]"},
      {"    client-certificate-data: LS0tLS1CRUdJTg==", "    client-certificate-data: [redacted]"},
      {"        id-token: abc", "        id-token: [redacted]"},
      {"        refresh-token: abc", "        refresh-token: [redacted]"},
      {"user: {token: abc, username: me}", "user: {token: [redacted], username: me}"},
      {"user: {username: me, password: 'a b'}", "user: {username: me, password: [redacted]}"},
      {R"(stdout: "users:\n- name: a\n  user:\n    token: abc\n")",
       R"(stdout: "users:\n- name: a\n  user:\n    token: [redacted]\n")"},
  });
}

TEST(Redactor, MasksFieldsOfKubeconfigFilesAsJson) {
  expect_redacted({
      {R"("token": "abc",)", R"("token": "[redacted]",)"},
      {R"({"user":{"token":"abc","password":"x"}})", R"({"user":{"token":"[redacted]","password":"[redacted]"}})"},
      {R"({"client-key-data":"LS0t","client-certificate-data":"LS0t"})",
       R"({"client-key-data":"[redacted]","client-certificate-data":"[redacted]"})"},
      {R"({"clientKeyData": "LS0t"})", R"({"clientKeyData": "[redacted]"})"},
      {R"({"id-token" : "abc", "refresh-token": "def"})",
       R"({"id-token" : "[redacted]", "refresh-token": "[redacted]"})"},
      {R"({"password":"a\"b\\","n":1})", R"({"password":"[redacted]","n":1})"},
      {R"("{\"token\":\"abc\",\"n\":1}")", R"("{\"token\":\"[redacted]\",\"n\":1}")"},
      {R"("{\"password\":\"a\\\"b\",\"n\":1}")", R"("{\"password\":\"[redacted]\",\"n\":1}")"},
  });
}

TEST(Redactor, MasksUserAndPasswordOfUrls) {
  expect_redacted({
      {"GET https://me:secret@10.0.0.1:6443/api", "GET https://[redacted]@10.0.0.1:6443/api"},
      {"proxy=http://me:p@ss@proxy:3128", "proxy=http://[redacted]@proxy:3128"},
      {"redis://:pw@cache", "redis://[redacted]@cache"},
      {"a https://a:b@c, https://d:e@f", "a https://[redacted]@c, https://[redacted]@f"},
  });
}

TEST(Redactor, MasksValuesOfOptions) {
  expect_redacted({
      {"kubectl --token=abc get pods", "kubectl --token=[redacted] get pods"},
      {"kubectl --token abc get pods", "kubectl --token [redacted] get pods"},
      {"--bearer-token=abc --password def", "--bearer-token=[redacted] --password [redacted]"},
      {"-token abc", "-token [redacted]"},
      {"--Client-Key=/a.pem", "--Client-Key=[redacted]"},
      {"--registry.credentials=me:pw x", "--registry.credentials=[redacted] x"},
      {R"(--password="a b" x)", "--password=[redacted] x"},
      {"--password 'a b' x", "--password [redacted] x"},
      {"e2e.test '--password=a b' x", "e2e.test '--password=[redacted]' x"},
      {R"(["--token=abc","--v=2"])", R"(["--token=[redacted]","--v=2"])"},
      {R"(["--token", "abc", "--v=2"])", R"(["--token", "[redacted]", "--v=2"])"},
      {"--token -abc", "--token [redacted]"},
  });
}

TEST(Redactor, LeavesAloneWhatIsNoSecret) {
  for (const std::string_view innocent : {
           "",
           "the token was rotated, and the password is unchanged",
           "error: invalid token: abc",
           "failed to fetch token: the ServiceAccount token is not ready",
           "should mount an API token into pods [Conformance]",
           "ServiceAccounts should support InClusterConfig with token rotation [Slow]",
           "token:",
           "token: ",
           R"({"token":""})",
           "secretName: foo",
           "  secretName: foo",
           "  serviceAccountToken:",
           "  tokenExpirationSeconds: 3600",
           "Tokens:              default-token-abcde",
           "  secret: my-secret",
           "eyJ",
           "eyJhbGciOiJSUzI1NiJ9",
           "eyJ.a.b",
           "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
           "registry.k8s.io/e2e-test-images/agnhost@sha256:7e8bdd271312fd25fc5ff5a8f04727be84044eb3d7d8d03611972a67",
           "docker-pullable://registry.k8s.io/agnhost:2.40@sha256:7e8bdd271312",
           "https://127.0.0.1:6443/api/v1/namespaces?x=a:b@c",
           "https://[::1]:6443 me@example.org",
           "ssh://git@github.com/kubernetes/kubernetes",
           "mail me:you@example.org",
           "a bearer token, Bearer tokens, bearer authentication",
           R"(WWW-Authenticate: Bearer realm="https://auth.docker.io/token",service="registry")",
           "Authorization: Bearer <masked>, authorization: denied",
           "[sig-apps] StatefulSet Basic StatefulSet functionality [StatefulSetBasic] should list",
           "on a per-key basis, as low-key as it gets",
           "flag needs an argument: --token",
           "unknown flag: --use-token --verbose",
           "--non-blocking-taints os,node-role.kubernetes.io/master --ginkgo.focus='Secrets should be consumable'",
           "-----BEGIN CERTIFICATE-----",
           "-----BEGIN PUBLIC KEY-----",
           "-----END RSA PRIVATE KEY-----",
           "------------------------------",
       }) {
    std::string line(innocent);
    EXPECT_FALSE(Redactor().redact(line)) << innocent;
    EXPECT_EQ(line, innocent);
  }
}

TEST(Redactor, KeepsPatternsInLinesThatAreNotUtf8) {
  std::string line = "\xE2\x82 --password=\xFF\xFE x";
  EXPECT_TRUE(Redactor().redact(line));
  EXPECT_EQ(line, "\xE2\x82 --password=[redacted] x");
}

TEST(Redacted, MasksPrivateKeysWhole) {
  for (const std::string_view kind : {"", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "}) {
    const std::string text = "before\n-----BEGIN " + std::string(kind) +
                             "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nAwEAAQ==\n-----END " + std::string(kind) +
                             "PRIVATE KEY-----\nbehind\n";
    EXPECT_EQ(redacted(text), "before\n[redacted]\n[redacted]\n[redacted]\n[redacted]\nbehind\n") << kind;
  }
}

TEST(Redacted, MasksPrivateKeysBehindPrefixesAndWithHeaders) {
  EXPECT_EQ(redacted("  tls.key: |\n"
                     "    -----BEGIN RSA PRIVATE KEY-----\r\n"
                     "    Proc-Type: 4,ENCRYPTED\r\n"
                     "    DEK-Info: AES-256-CBC,6B8F\r\n"
                     "\r\n"
                     "    MIIEpAIBAAKCAQEA7bq\r\n"
                     "    -----END RSA PRIVATE KEY-----\r\n"
                     "kind: Secret"),
            "  tls.key: |\n[redacted]\n[redacted]\n[redacted]\n[redacted]\n[redacted]\n[redacted]\nkind: Secret");
  EXPECT_EQ(redacted("I0131 key: -----BEGIN PRIVATE KEY-----\n"
                     "I0131 key: MIIEpAIBAAKCAQEA7bq+/x==\n"
                     "I0131 key: -----END PRIVATE KEY-----\n"
                     "I0131 done"),
            "[redacted]\n[redacted]\n[redacted]\nI0131 done");
}

TEST(Redacted, MasksAPrivateKeyOnOneLineAlone) {
  EXPECT_EQ(redacted(R"({"key":"-----BEGIN EC PRIVATE KEY-----\nMIIE\n-----END EC PRIVATE KEY-----\n","n":1})"
                     "\nnext"),
            R"({"key":"[redacted]\n","n":1})"
            "\nnext");
}

TEST(Redacted, ShowsTheLinesBehindAKeyThatWasCutOff) {
  EXPECT_EQ(redacted("-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq\nINFO: going on, with --token=abc\nPASS"),
            "[redacted]\n[redacted]\nINFO: going on, with --token=[redacted]\nPASS");
}

TEST(Redacted, KeepsTheShapeOfTheText) {
  EXPECT_EQ(redacted(""), "");
  EXPECT_EQ(redacted("\n"), "\n");
  EXPECT_EQ(redacted("a\n\nb"), "a\n\nb");
  EXPECT_EQ(redacted("token: a\n\ntoken: b\n"), "token: [redacted]\n\ntoken: [redacted]\n");
}

TEST(RedactedCommand, MasksValuesInBothForms) {
  const std::vector<std::string> command = {"e2e.test", "--token=a b", "--password",      "c d",
                                            "--v=2",    "--use-key",   "--kubeconfig=/k", "https://me:pw@host"};
  const std::vector<std::string> expected = {
      "e2e.test", "--token=[redacted]", "--password",      "[redacted]",
      "--v=2",    "--use-key",          "--kubeconfig=/k", "https://[redacted]@host"};
  EXPECT_EQ(redacted_command(command), expected);
}

TEST(RedactedCommand, MasksValuesOfPairs) {
  EXPECT_EQ(
      redacted_command({"--label", "password=hunter2", "--label=api-key=x=y", "--label", "pool=a"}),
      (std::vector<std::string>{"--label", "password=[redacted]", "--label=api-key=[redacted]", "--label", "pool=a"}));
}

TEST(RedactedCommand, LeavesFocusPatternsAlone) {
  const std::vector<std::string> command = {"e2e.test", R"(--ginkgo.focus=\[sig-auth\] ServiceAccounts .* token)",
                                            "--ginkgo.skip=Secrets should"};
  EXPECT_EQ(redacted_command(command), command);
}

}  // namespace
}  // namespace opready::base
