// SPDX-License-Identifier: Apache-2.0
// Tests of masking names and addresses of machines, and of leaving alone what is none.
#include "opready/base/host_mask.hpp"

#include <gtest/gtest.h>

namespace opready::base {
namespace {

TEST(HostMask, MasksNamesAsWordsInAnyLetterCase) {
  HostMask mask({"win-0", "win-01", "WIN-B.example.com"}, {"api.example.com", "ci-7"});
  EXPECT_EQ(mask.masked("win-0, WIN-01 and win-0"), "node-1, node-2 and node-1");
  EXPECT_EQ(mask.masked("pods of win-011 and xwin-0 and win-0y"), "pods of win-011 and xwin-0 and win-0y");
  EXPECT_EQ(mask.masked("kube-proxy-win-0 kube_win-0_x"), "kube-proxy-node-1 kube_node-1_x");
  EXPECT_EQ(mask.masked("https://api.example.com:6443 from ci-7"), "https://host-1:6443 from host-2");
  EXPECT_EQ(mask.masked("win-0 win-01 win-0"), "node-1 node-2 node-1");
  EXPECT_EQ(mask.masked(""), "");
}

TEST(HostMask, KnowsANodeByTheFirstLabelOfItsNameButAServerByItsWholeName) {
  HostMask mask({"win-b.example.com", "10.0.0.4"}, {"api.example.com"});
  EXPECT_EQ(mask.masked("win-b.example.com is win-b; api and 10 stay"), "node-1 is node-1; api and 10 stay");
  EXPECT_EQ(mask.masked("10.0.0.4"), "node-2");
}

TEST(HostMask, MasksNamesInsideTextThatOtherProgramsQuoted) {
  HostMask mask({"win-0"}, {});
  EXPECT_EQ(mask.masked(R"(out: "a\nwin-0\twin-0\n" path=%2Fwin-0)"), R"(out: "a\nnode-1\tnode-1\n" path=%2Fnode-1)");
}

TEST(HostMask, MasksWhatStandsBehindAnyEscape) {
  HostMask mask({"win-0"}, {});
  EXPECT_EQ(mask.masked(R"(\u003cwin-0\u003e \x22win-0\x22 \u001b[31mwin-0 \u001bfd00::88\n)"),
            R"(\u003cnode-1\u003e \x22node-1\x22 \u001b[31mnode-1 \u001baddress-1\n)");
  EXPECT_EQ(mask.masked("\x1b[1;31mwin-0\x1b[0m at \x1b[mfd00::88\x1b[0m"),
            "\x1b[1;31mnode-1\x1b[0m at \x1b[maddress-1\x1b[0m");
}

TEST(HostMask, KnowsThousandsOfLongNames) {
  std::vector<std::string> names;
  for (int number = 1; number <= 5000; ++number) {
    names.push_back(std::string(60, 'x') + '-' + std::to_string(number) + "." + std::string(60, 'y'));
  }
  HostMask mask(names, {});
  EXPECT_EQ(mask.masked("at " + names[0] + ", " + names[4999]), "at node-1, node-5000");
}

TEST(HostMask, GivesAnAliasTheMaskOfItsMachine) {
  HostMask mask({"win-0"}, {"ci-7.example.com", "ci"});
  mask.also_called("ci-7", "CI-7.example.com");
  mask.also_called("win-0", "ci");
  mask.also_called("other", "unknown");
  EXPECT_EQ(mask.masked("ci-7 ci-7.example.com win-0 other"), "host-1 host-1 node-1 other");
}

TEST(HostMask, PrefersTheLongestNameThatIsAWord) {
  HostMask mask({"win-1", "win-1-b"}, {});
  EXPECT_EQ(mask.masked("win-1-b win-1-bc win-1"), "node-2 node-1-bc node-1");
}

TEST(HostMask, NumbersMachinesByTheListsWithoutRepeats) {
  HostMask mask({"a", "", "A", "b"}, {"b", "c"});
  EXPECT_EQ(mask.masked("a b c"), "node-1 node-2 host-1");
}

TEST(HostMask, MasksIpv4Addresses) {
  HostMask mask({}, {});
  EXPECT_EQ(mask.masked("10.0.0.1:8080 to 10.0.0.2/24, 10.0.0.1. (10.0.0.3)"),
            "address-1:8080 to address-2/24, address-1. (address-3)");
  EXPECT_EQ(mask.masked(R"("\n10.0.0.1" 10.0.0.1-10.0.0.2 ...10.0.0.1 10.0.0.1.nip.io 10.0.0.1 10.0.0.2)"),
            R"("\naddress-1" address-1-address-2 ...address-1 address-1.nip.io address-1 address-2)");
}

TEST(HostMask, LeavesVersionsAndOtherNumbersAlone) {
  HostMask mask({}, {});
  for (const std::string text :
       {"v1.2.3.4", "1.2.3.4.5", "10.0.20348.2849", "256.1.1.1", "1.36.3", "agnhost:2.55", "08:15:30",
        "2026-01-31T08:15:30.123Z", "std::find", "aa:bb:cc:dd:ee:ff", "a:b:c", "e2e.go:109: x", "sha256:0123", "::"}) {
    EXPECT_EQ(mask.masked(text), text);
  }
}

TEST(HostMask, LeavesLoopbackAndUnspecifiedAddressesAlone) {
  HostMask mask({}, {});
  EXPECT_EQ(mask.masked("127.0.0.1 127.8.9.10 0.0.0.0 ::1 [::]:80"), "127.0.0.1 127.8.9.10 0.0.0.0 ::1 [::]:80");
}

TEST(HostMask, MasksIpv6AddressesHoweverTheyAreWritten) {
  HostMask mask({}, {});
  EXPECT_EQ(mask.masked("[fe80::1]:443, FE80:0:0:0:0:0:0:1, fd00::10.0.0.1. IP:fd00::5: fd00::/8"),
            "[address-1]:443, address-1, address-2. IP:address-3: address-4/8");
}

TEST(HostMask, FindsIpv6AddressesBetweenWhatCouldBelongToThem) {
  HostMask mask({}, {});
  EXPECT_EQ(mask.masked("node:2001:db8:1:2:3:4:5:6 2001:db8:1:2:3:4:5:6:443"), "node:address-1 address-1:443");
  EXPECT_EQ(mask.masked("fd00::1.443 fd00::3..fd00::4 fdcc::a node:fd00::1"),
            "address-2.443 address-3..address-4 address-5 node:address-2");
  for (const std::string text : {"std::bad_cast", "abc::xyz", "fd00::1g", "x::1"}) {
    EXPECT_EQ(mask.masked(text), text);
  }
}

TEST(HostMask, MasksIpv4AddressesInNamesOfRecords) {
  HostMask mask({}, {});
  EXPECT_EQ(mask.masked("10-0-0-5.default.pod ip-10-0-0-5 10.0.0.5"), "address-1.default.pod ip-address-1 address-1");
  for (const std::string text : {"2026-10-01-12", "1-2-3", "1-2-3-4-5", "127-0-0-1", "300-0-0-1"}) {
    EXPECT_EQ(mask.masked(text), text);
  }
}

TEST(HostMask, TakesAnyBytes) {
  HostMask mask({"win-0"}, {});
  using namespace std::string_literals;
  EXPECT_EQ(mask.masked("\xFF win-0\0 10.0.0.1\x80"s), "\xFF node-1\0 address-1\x80"s);
}

}  // namespace
}  // namespace opready::base
