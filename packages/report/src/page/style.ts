// Series colours: Okabe & Ito's on light paper, the same hues lifted on dark paper. Paper of a printer is always light.

const LIGHT = `--ink: #1b1f24; --soft: #59636e; --paper: #ffffff; --rule: #d5dae0; --panel: #f5f7f9; --band: #00000016;
  --series-0: #0072b2; --series-1: #d55e00; --series-2: #009e73; --series-3: #cc79a7;
  --series-4: #e69f00; --series-5: #56b4e9; --series-6: #6f6f6f; --series-7: #a39600;`;

const DARK = `--ink: #e8ebee; --soft: #a3adb8; --paper: #14181d; --rule: #353d46; --panel: #1c2229; --band: #ffffff20;
  --series-0: #4aa8e0; --series-1: #ff8a3d; --series-2: #2fc79b; --series-3: #e59cc5;
  --series-4: #f3b63a; --series-5: #9ad7ff; --series-6: #b0b0b0; --series-7: #d9cc3c;`;

export const STYLE = `
:root { color-scheme: light dark; ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
main, header, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.3rem; margin: 2.75rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
.answer { font-size: 1.1rem; max-width: 60rem; margin: 0; }
.note, .panel-name { color: var(--soft); font-size: .9rem; max-width: 60rem; }
.scripted .panel-name { display: none; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
a { color: inherit; text-decoration-color: var(--soft); }
.scroll { overflow-x: auto; }
:focus-visible { outline: 2px solid var(--series-0); outline-offset: 2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .5rem 0; overflow-wrap: normal; }
caption { text-align: left; color: var(--soft); font-size: .9rem; padding-bottom: .35rem; }
th, td { padding: .35rem .7rem; text-align: left; border-bottom: 1px solid var(--rule); }
td.number, .matrix th, .matrix td { text-align: right; white-space: nowrap; }
th.number { text-align: right; }
.matrix th:first-child { text-align: left; position: sticky; left: 0; background: var(--paper); white-space: normal; }
td.heat { border: 2px solid var(--paper); }
td small, th small { display: block; font-size: .72rem; }
th small { font-weight: 400; font-size: .8rem; }
td.best { font-weight: 700; }
tfoot th, tfoot td { border: 0; color: var(--soft); font-weight: 400; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1rem; }
.charts.small { grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
figure { margin: 0; background: var(--panel); border-radius: .5rem; padding: .75rem; }
figure h3 { margin: 0 0 .25rem; }
figure .note { margin: .25rem 0 0; }
.charts.small figure { max-width: 26rem; }
svg { width: 100%; height: auto; display: block; font: 11px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg .tick { fill: var(--soft); }
svg .grid { stroke: var(--rule); }
svg .axis { stroke: var(--soft); }
svg .image { fill: none; stroke: var(--soft); }
svg .unity { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .ceiling { fill: var(--band); stroke: var(--soft); stroke-width: .75; stroke-dasharray: 3 3; }
svg .cloud { fill: none; stroke-width: 4.5; stroke-linecap: round; stroke-opacity: .6; vector-effect: non-scaling-stroke; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .75rem 0; list-style: none; font-size: .9rem; }
.legend svg { display: inline-block; width: 34px; height: 10px; margin-right: .4rem; vertical-align: middle; }
.methods { background: var(--panel); border-radius: .5rem; padding: 1rem 1.25rem; max-width: 60rem; }
.warning { border-left: 4px solid var(--series-1); padding-left: .75rem; max-width: 60rem; }
.select { display: flex; flex-wrap: wrap; gap: .35rem .6rem; align-items: center; margin: .75rem 0; }
.select span { max-width: 100%; }
select { font: inherit; padding: .2rem .4rem; max-width: 100%; min-width: 0; }
code { font-size: .85em; }
pre { max-height: 30rem; overflow: auto; }
footer { margin-top: 3rem; padding-bottom: 2rem; color: var(--soft); font-size: .85rem; }
@media (max-width: 600px) { svg { font-size: 14px; } .charts.small svg { font-size: 11px; } }
@media print {
  [data-panel][hidden] { display: block !important; }
  .scripted .panel-name { display: block; font-weight: 600; }
  .select, nav { display: none; }
  figure, tr { break-inside: avoid; }
  h2, h3, .panel-name { break-after: avoid; }
  * { print-color-adjust: exact; }
}
`;
