# SPDX-License-Identifier: Apache-2.0
"""Reads the page that `history --html` writes."""

import html.parser


class HistoryPage(html.parser.HTMLParser):
    """Tables as rows of texts, by their headings; and what could load or run something."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tables, self.tags, self.attributes = {}, set(), set()
        self.inside, self.heading, self.policy = "", "", ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.inside = tag
        if dict(attributes).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attributes)["content"]
        if tag == "h2":
            self.heading = ""
        elif tag == "tr":
            self.tables.setdefault(self.heading, []).append([])
        elif tag in ("th", "td"):
            self.tables[self.heading][-1].append("")

    def handle_data(self, data):
        if self.inside == "h2":
            self.heading += data
        elif self.inside in ("th", "td", "span"):
            self.tables[self.heading][-1][-1] += data.rstrip("\n")

    def handle_endtag(self, tag):
        self.inside = ""

    def grid(self):
        """That of its only job, as count_builds.counted has it."""
        (head, *rows), = self.tables.values()
        assert head[:4] == ["Test", "Failed", "Flaky", "Failing since"], head
        return {name: ("".join(cell or " " for cell in cells), int(failed), int(flaky), since)
                for name, failed, flaky, since, *cells in rows}
