/** How the report looks: on a phone, on a desk, dark, light and on paper. Nothing is fetched. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --raised: #f4f6f8; --ink: #16202a; --dim: #566370; --rule: #d8dee4;
  --accent: #0b6f8f; --passed: #1c7a3e; --failed: #b3261e; --attention: #8a5a00; --l0: #a7d8c0; --l1: #5fb98f; --l2: #2c8f63; --l3: #14603f; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #10161c; --raised: #18212a; --ink: #e4eaf0; --dim: #9aa8b5; --rule: #2c3843;
    --accent: #5cc8e6; --passed: #6fd08f; --failed: #ff8a80; --attention: #e6b450; --l0: #2f7a5c; --l1: #3c9a73; --l2: #55c296; --l3: #a4f0d2; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
p { margin: .4rem 0; }
.dim, .about, .legend { color: var(--dim); }
.about, .legend { font-size: .875rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.tiles li { background: var(--raised); border-radius: .5rem; padding: .7rem .9rem; }
.tiles b { display: block; font-size: 1.5rem; line-height: 1.25; white-space: nowrap; }
.tiles span { color: var(--dim); font-size: .875rem; }
.next { padding-left: 1.4rem; margin: .5rem 0; }
.next li { margin: .6rem 0; }
.next li::marker { font-weight: 600; }
code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; color: var(--accent); }
table { border-collapse: collapse; width: 100%; font-size: .9375rem; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; color: var(--dim); font-size: .8125rem; vertical-align: bottom; }
th, td { padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--rule); }
td { vertical-align: middle; }
table + table { margin-top: 1rem; }
th:last-child, td:last-child { padding-right: 0; }
.lead { width: 40%; }
.number { text-align: right; white-space: nowrap; }
.meter { width: 32%; min-width: 9rem; }
.meter > span { display: flex; align-items: center; gap: .6rem; }
.meter svg { flex: 1; min-width: 0; height: .7rem; }
.meter b { font-weight: 400; min-width: 3.2em; text-align: right; white-space: nowrap; }
.track { fill: var(--rule); }
.fill { fill: var(--passed); }
.passed, .failed { white-space: nowrap; } .passed { color: var(--passed); } .failed { color: var(--failed); } .attention { color: var(--attention); }
.id { display: block; color: var(--dim); font-size: .8125rem; }
figure { margin: .75rem 0; }
figure > svg { display: block; width: 100%; height: auto; max-width: 60rem; }
.narrow { display: none !important; }
.axis { fill: var(--dim); font-size: 12px; font-family: inherit; }
.grid { stroke: var(--rule); stroke-width: 1; }
.line { fill: none; stroke: var(--accent); stroke-width: 1.75; stroke-linejoin: round; }
.dot { fill: var(--accent); }
.exam { fill: var(--paper); stroke: var(--attention); stroke-width: 2; }
.none { fill: var(--dim); opacity: .55; }
.level0 { fill: var(--l0); } .level1 { fill: var(--l1); } .level2 { fill: var(--l2); } .level3 { fill: var(--l3); }
.key { white-space: nowrap; margin-right: .75rem; }
.sample { width: 15px; height: 15px; vertical-align: -3px; margin-right: .3rem; }
footer { margin-top: 2.5rem; padding-top: .75rem; border-top: 1px solid var(--rule); color: var(--dim); font-size: .875rem; }
@media screen and (max-width: 40rem) {
  body { padding: 1rem .9rem 2rem; }
  .wide { display: none !important; } .narrow { display: block !important; }
  .tiles { grid-template-columns: 1fr 1fr; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody { display: block; width: 100%; }
  tr { display: flex; flex-wrap: wrap; gap: .1rem .8rem; padding: .55rem 0; border-bottom: 1px solid var(--rule); }
  td, td.number { display: block; padding: 0; border: 0; text-align: left; white-space: normal; font-size: .875rem; }
  td::before { content: attr(data-label); display: block; color: var(--dim); font-size: .6875rem; line-height: 1.3; }
  td.lead { flex: 1 0 100%; font-size: .9375rem; font-weight: 600; }
  td.lead .id { font-weight: 400; }
  td.meter { flex: 1 0 100%; width: 100%; }
  td.lead::before, td.meter::before { content: none; }
}
@media print {
  @page { margin: 16mm 14mm; }
  :root { color-scheme: light; --paper: #ffffff; --raised: #ffffff; --ink: #000000; --dim: #444444; --rule: #bbbbbb; --accent: #084f66;
    --passed: #14602f; --failed: #8c1d18; --attention: #6b4500; --l0: #b5b5b5; --l1: #8a8a8a; --l2: #5c5c5c; --l3: #1f1f1f; }
  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.35; }
  th, td { padding: .15rem .6rem .15rem 0; }
  table { font-size: 9pt; } th, .id, .about, .legend { font-size: 8pt; }
  .tiles li { border: 1px solid var(--rule); }
  h2, h3 { break-after: avoid; }
  h2 { margin-top: 1.4rem; }
  figure, tr, .tiles, .next li, .keep { break-inside: avoid; }
  thead { display: table-header-group; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  a { color: inherit; text-decoration: none; }
}
`;
