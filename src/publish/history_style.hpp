// SPDX-License-Identifier: Apache-2.0
// How the grid looks in a browser, and the hash by which its policy lets in no other style.
#pragma once

namespace opready::publish {

/// Letters and colours say the same; all pairs of colours have a contrast of 4.5 at least.
inline constexpr const char* kHistoryStyle = R"(
:root{color-scheme:light dark;--bg:#fff;--fg:#1f2328;--line:#d0d7de;--p:#dafbe1;--f:#cf222e;--ft:#fff;--k:#ffd8b5;--s:#eaeef2}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--line:#30363d;--p:#0f3d1e;--f:#f85149;--ft:#000;--k:#6b3a00;--s:#30363d}}
body{margin:1rem;background:var(--bg);color:var(--fg);font:14px/1.4 system-ui,sans-serif}
div{overflow-x:auto}
table{border-collapse:separate;border-spacing:1px}
th,td{padding:0 .3em;text-align:center;font-weight:normal;white-space:nowrap;unicode-bidi:isolate}
th[scope=row],thead th:first-child{position:sticky;left:0;background:var(--bg);text-align:left;min-width:min(36em,45vw);white-space:normal;border-right:1px solid var(--line)}
thead th{vertical-align:bottom;font-weight:bold}
.b span{writing-mode:vertical-rl;font-weight:normal;font-size:11px}
.n{text-align:right}
.p{background:var(--p)}
.f{background:var(--f);color:var(--ft);font-weight:bold}
.k{background:var(--k)}
.s{background:var(--s)}
@media print{div{overflow:visible}th[scope=row],thead th:first-child{position:static}}
)";

inline constexpr const char* kHistoryStyleHash = "sha256-03lusNMTdoqLWUKBs4D0GPa1eSMRZwKPI/b5TmUT+EI=";

}  // namespace opready::publish
