// SPDX-License-Identifier: Apache-2.0
// Lines and pieces of long lines, whatever the chunks.
#include "opready/process/line_splitter.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace opready::process {
namespace {

/// "text" for a whole line, "text~" for a piece with more to come, "~text" for one that continues.
std::vector<std::string> split(const std::vector<std::string>& chunks, std::size_t limit) {
  std::vector<std::string> pieces;
  LineSplitter splitter(
      [&](const LinePiece& piece) {
        pieces.push_back((piece.first ? "" : "~") + std::string(piece.text) + (piece.last ? "" : "~"));
      },
      limit);
  for (const std::string& chunk : chunks) {
    splitter.feed(chunk);
  }
  splitter.finish();
  return pieces;
}

using Pieces = std::vector<std::string>;

TEST(LineSplitter, PassesOnWholeLines) {
  EXPECT_EQ(split({"one\ntwo\n\nfour\n"}, 16), (Pieces{"one", "two", "", "four"}));
}

TEST(LineSplitter, JoinsALineThatArrivesInChunks) {
  EXPECT_EQ(split({"o", "n", "e\ntw", "o\n"}, 16), (Pieces{"one", "two"}));
}

TEST(LineSplitter, PassesOnALastLineWithoutItsNewline) {
  EXPECT_EQ(split({"one\ntwo"}, 16), (Pieces{"one", "two"}));
  EXPECT_EQ(split({}, 16), Pieces{});
  EXPECT_EQ(split({"one\n"}, 16), Pieces{"one"});
}

TEST(LineSplitter, CutsALongLineAtItsLimit) {
  EXPECT_EQ(split({"0123456789abcdefXY\nnext\n"}, 8), (Pieces{"01234567~", "~89abcdef~", "~XY", "next"}));
  EXPECT_EQ(split({"0123456", "789abcdefXY\nnext\n"}, 8), (Pieces{"01234567~", "~89abcdef~", "~XY", "next"}));
}

TEST(LineSplitter, CutsALongLineAtWhiteSpaceNearItsLimit) {
  EXPECT_EQ(split({"0123456789abcd efgh\n"}, 16), (Pieces{"0123456789abcd ~", "~efgh"}));
}

TEST(LineSplitter, EndsALongLineThatEndsAtItsLimit) {
  EXPECT_EQ(split({"01234567\nnext\n"}, 8), (Pieces{"01234567", "next"}));
  EXPECT_EQ(split({"0123", "4567", "\nnext\n"}, 8), (Pieces{"01234567~", "~", "next"}));
}

TEST(LineSplitter, GivesTheSamePiecesForEveryChunkSize) {
  const std::string text = "short\n" + std::string(100, 'x') + " " + std::string(33, 'y') + "\n\nlast";
  std::string joined_whole;
  for (const std::string& piece : split({text}, 16)) {
    joined_whole += piece + "|";
  }
  for (std::size_t size = 1; size < 20; ++size) {
    std::vector<std::string> chunks;
    for (std::size_t at = 0; at < text.size(); at += size) {
      chunks.push_back(text.substr(at, size));
    }
    std::string joined;
    for (const std::string& piece : split(chunks, 16)) {
      joined += piece + "|";
    }
    EXPECT_EQ(joined, joined_whole) << "chunks of " << size;
  }
}

}  // namespace
}  // namespace opready::process
