// SPDX-License-Identifier: Apache-2.0
// Draws grids as a page of their own. Cells are by far the most of it, so they take few bytes, without
// the quotes and end tags of HtmlWriter.
#include <chrono>
#include <string_view>

#include <fmt/format.h>

#include "opready/base/timestamp.hpp"
#include "opready/publish/history_report.hpp"
#include "opready/report/html_writer.hpp"
#include "opready/report/wording.hpp"

#include "history_style.hpp"
#include "history_wording.hpp"

namespace opready::publish {
namespace {

std::string escaped(std::string_view foreign) {
  return report::html_escaped(report::one_line(foreign));
}

std::string_view class_of(Cell cell) {
  switch (cell) {
    case Cell::missing:
      return "";
    case Cell::skipped:
      return " class=s";
    case Cell::passed:
      return " class=p";
    case Cell::flaky:
      return " class=k";
    case Cell::failed:
      return " class=f";
  }
  return "";
}

std::string page(std::string_view explanation, const std::string& body) {
  const report::PageAsset style = history_style();
  return fmt::format(
             "<!DOCTYPE html>\n<html lang=en>\n<meta charset=utf-8>\n"
             "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; style-src 'sha256-{}'; base-uri "
             "'none'; "
             "form-action 'none'\">\n"
             "<meta name=viewport content=\"width=device-width\">\n<title>History of op-readiness runs</title>\n"
             "<style>{}</style>\n<h1>History</h1>\n<p>{}. {}\n",
             style.sha256, style.text, legend(), explanation) +
         body + "</html>\n";
}

/// A scrolling table must be reachable by keyboard.
std::string table(const std::string& title, const std::string& head, const std::string& rows) {
  return fmt::format(
      "<h2>{0}</h2>\n<div role=region tabindex=0 aria-label=\"{0}\">\n<table>\n<thead><tr><th "
      "scope=col>Test{1}</thead>\n"
      "<tbody>\n{2}</tbody>\n</table>\n</div>\n",
      escaped(title), head, rows);
}

std::string column_head(const GridColumn& column) {
  const bool known = column.time != base::Timestamp();
  return fmt::format("<th scope=col class=b title=\"{}\"><span>{}</span>", known ? base::rfc3339(column.time) : "",
                     escaped(column.id));
}

void append_row(std::string& out, const Grid& grid, const GridRow& row) {
  out += fmt::format("<tr><th scope=row>{}<td class=n>{}<td class=n>{}<td>{}", escaped(row.label), row.counts.failed,
                     row.counts.flaky, escaped(since(grid, row)));
  for (const Cell cell : row.cells) {
    out += "<td";
    out += class_of(cell);
    out += '>';
    if (cell != Cell::missing) {
      out += letter(cell);
    }
  }
  out += '\n';
}

}  // namespace

std::string history_html(const std::vector<Grid>& grids) {
  std::string body;
  for (const Grid& grid : grids) {
    std::string head = "<th scope=col>Failed<th scope=col>Flaky<th scope=col>Failing since";
    for (const GridColumn& column : grid.columns) {
      head += column_head(column);
    }
    std::string rows;
    for (const GridRow& row : grid.rows) {
      append_row(rows, grid, row);
    }
    body += table(heading(grid), head, rows);
  }
  return page("The newest build stands first; one that lacks a test has an empty cell.", body);
}

std::string history_html(const SideBySide& grids) {
  std::string head;
  for (std::size_t value = 0; value < grids.values.size(); ++value) {
    head += fmt::format("<th scope=col title=\"{} builds\">{}", grids.builds[value], escaped(grids.values[value]));
  }
  std::string rows;
  for (const SideRow& row : grids.rows) {
    rows += fmt::format("<tr><th scope=row>{}", escaped(row.label));
    for (const SideCell& cell : row.cells) {
      rows += fmt::format("<td{}>{}", class_of(cell.latest), side_text(cell));
    }
    rows += '\n';
  }
  return page("The latest result, and how many of all builds failed.", table(heading(grids), head, rows));
}

}  // namespace opready::publish
