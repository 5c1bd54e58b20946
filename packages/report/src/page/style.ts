export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #5c6670; --paper: #ffffff; --rule: #d5dae0; --panel: #f5f7f9; --band: #00000018; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebee; --soft: #a3adb8; --paper: #14181d; --rule: #353d46; --panel: #1c2229; --band: #ffffff22; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main, header, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
.answer { font-size: 1.1rem; max-width: 60rem; }
.note, .panel-name, figcaption { color: var(--soft); font-size: .9rem; max-width: 60rem; }
.scripted .panel-name { display: none; }
nav a { margin-right: 1rem; }
a { color: inherit; text-decoration-color: var(--soft); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .5rem 0; }
th, td { padding: .35rem .7rem; text-align: right; border-bottom: 1px solid var(--rule); white-space: nowrap; }
th:first-child, td:first-child, td.text, th.text { text-align: left; }
td.heat { border: 2px solid var(--paper); }
td.heat small { display: block; font-size: .72rem; opacity: .9; }
td.best { font-weight: 700; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
.charts.small { grid-template-columns: repeat(auto-fill, minmax(min(100%, 18rem), 1fr)); }
figure { margin: 0; background: var(--panel); border-radius: .5rem; padding: .75rem; }
figure h3 { margin-top: 0; }
svg { width: 100%; height: auto; display: block; font: 11px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg .tick { fill: var(--soft); }
svg .grid, svg .axis { stroke: var(--rule); }
svg .axis { stroke: var(--soft); }
svg .unity { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .ceiling { fill: var(--band); stroke: var(--soft); stroke-width: .75; stroke-dasharray: 3 3; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0; list-style: none; font-size: .9rem; }
.legend svg { display: inline-block; width: 34px; height: 10px; margin-right: .4rem; vertical-align: middle; }
.methods { background: var(--panel); border-radius: .5rem; padding: 1rem 1.25rem; max-width: 60rem; }
.warning { border-left: 4px solid #d55e00; padding-left: .75rem; max-width: 60rem; }
select { font: inherit; padding: .2rem .4rem; max-width: 100%; }
code { font-size: .85em; }
footer { margin-top: 3rem; padding-bottom: 2rem; color: var(--soft); font-size: .85rem; }
@media print { [data-panel][hidden] { display: block !important; } .select, nav { display: none; } figure { break-inside: avoid; } }
`;
