// SPDX-License-Identifier: Apache-2.0
// Tests of splitting commands into words.
#include "opready/publish/command_words.hpp"

#include <gtest/gtest.h>

#include "opready/base/error.hpp"

namespace opready::publish {
namespace {

using Words = std::vector<std::string>;

std::string error_of(std::string_view text) {
  try {
    return "no error, but " + std::to_string(parse_upload_command(text).size()) + " words";
  } catch (const base::Error& error) {
    return std::to_string(static_cast<int>(error.code())) + ": " + error.what();
  }
}

TEST(CommandWords, AreSplitAtWhiteSpace) {
  EXPECT_EQ(command_words("gsutil -m cp -r {src} {dst}"), Words({"gsutil", "-m", "cp", "-r", "{src}", "{dst}"}));
  EXPECT_EQ(command_words(" \t a\n b  "), Words({"a", "b"}));
  EXPECT_EQ(command_words("  "), Words());
}

TEST(CommandWords, AreKeptTogetherByQuotesAndBackslashes) {
  EXPECT_EQ(command_words(R"(a' b'c "d \" \\ \n e" f\ g '' "")"), Words({"a bc", R"(d " \ \n e)", "f g", "", ""}));
  EXPECT_EQ(command_words(R"('a"\b' "c'd")"), Words({R"(a"\b)", "c'd"}));
}

TEST(CommandWords, MeanNothingElseToUs) {
  EXPECT_EQ(command_words("a;b $HOME *.x ~ `c` | d > e # f"),
            Words({"a;b", "$HOME", "*.x", "~", "`c`", "|", "d", ">", "e", "#", "f"}));
}

TEST(CommandWords, OfAnUploadNeedBothPlaceholdersAndWholeQuotes) {
  EXPECT_EQ(error_of("cp -r {src} {dst}"), "no error, but 4 words");
  EXPECT_EQ(error_of("  "), "2: --upload-command: it names no program");
  EXPECT_EQ(error_of("'' {src} {dst}"), "2: --upload-command: it names no program");
  EXPECT_EQ(error_of("cp {src}"),
            "2: --upload-command: it lacks {dst}: it must say what is copied and where, as in 'gsutil -m cp -r {src} "
            "{dst}'");
  for (const std::string_view text : {"cp '{src} {dst}", "cp \"{src} {dst}", "cp {src} {dst} '", "cp {src} {dst} \""}) {
    EXPECT_EQ(error_of(text), "2: --upload-command: a quote isn't closed") << text;
  }
  EXPECT_EQ(error_of("cp {src} {dst}\\"), "2: --upload-command: it ends with a backslash");
}

TEST(CommandWords, TakeSourceAndDestinationWithinWords) {
  EXPECT_EQ(upload_command({"cp", "from={src}/.", "{dst}", "{src}{dst}{other}"}, "/a b", "gs://{src}"),
            Words({"cp", "from=/a b/.", "gs://{src}", "/a bgs://{src}{other}"}));
}

}  // namespace
}  // namespace opready::publish
