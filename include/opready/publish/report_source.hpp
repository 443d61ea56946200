// SPDX-License-Identifier: Apache-2.0
// A report directory to be read while no run writes there.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace opready::publish {

/// Reads below one directory through its descriptor and never follows a link out of it. As long as it lives no run can
/// go on there. All functions throw Error (exit code 3) naming the path.
class ReportSource {
 public:
  /// `directory` itself may be a link: it's the user's. Refuses one that holds no run, or whose run is under way.
  explicit ReportSource(std::filesystem::path directory);
  ReportSource(const ReportSource&) = delete;
  ReportSource& operator=(const ReportSource&) = delete;
  ~ReportSource();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Relative paths of what is to be published, sorted. Hidden files (half written ones) and raw.xml, in which nothing
  /// is masked, stay private.
  [[nodiscard]] const std::vector<std::string>& files() const { return files_; }
  /// The same of what is neither a file nor a directory: links, sockets.
  [[nodiscard]] const std::vector<std::string>& left_out() const { return left_out_; }

  void read(const std::string& file, const std::function<void(std::string_view chunk)>& sink) const;
  [[nodiscard]] std::string text_of(const std::string& file) const;

 private:
  void list(int directory, const std::string& prefix);

  std::filesystem::path path_;
  int directory_ = -1;
  int log_ = -1;  ///< events.jsonl, locked.
  std::vector<std::string> files_;
  std::vector<std::string> left_out_;
};

}  // namespace opready::publish
