/** The look of a report: the reader's own fonts, light or dark as their system is, fit for print. */
export const style = `
:root { color-scheme: light dark; --page: #fbfbfa; --card: #ffffff; --ink: #1d2126; --soft: #5b636d; --line: #e3e5e8; --s0: #1f5fbf; --s1: #b3541e; --s2: #6b7480; --good: #1d6f42; --bad: #a3262a; }
@media (prefers-color-scheme: dark) { :root { --page: #15181c; --card: #1c2026; --ink: #e8eaed; --soft: #a3acb7; --line: #323942; --s0: #7db0ff; --s1: #f0a06a; --s2: #98a2ae; --good: #7bd3a0; --bad: #ff9a96; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.5rem 5rem; }
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.015em; margin: 0 0 .25rem; text-wrap: balance; }
h2 { font-size: 1.25rem; margin: 3rem 0 .75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 .5rem; }
.table + h3 { margin-top: 1.5rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
.soft, figcaption, caption, .facts dt { color: var(--soft); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.5rem; margin: 1.25rem 0 0; font-size: .93rem; }
.facts dt, .facts dd { margin: 0; overflow-wrap: anywhere; }
.headline { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.25rem 0 1.5rem; }
.headline div { flex: 1 1 13rem; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; }
.headline b { display: block; font-size: 2rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .5rem; max-width: 46rem; }
th, td { text-align: left; padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 500; }
thead th { color: var(--soft); border-bottom-width: 2px; }
figure { margin: 0; }
figcaption, caption { font-size: .88rem; line-height: 1.45; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.25rem; align-items: start; }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.1rem; }
.chart > svg { display: block; width: 100%; height: auto; margin-bottom: .5rem; }
.legend { display: flex; gap: 1.25rem; margin: 0 0 .25rem; padding: 0; list-style: none; font-size: .85rem; }
.legend svg { width: 28px; height: 8px; margin-right: .4rem; vertical-align: middle; }
details { margin-top: .6rem; font-size: .88rem; }
summary { cursor: pointer; color: var(--soft); }
.grid { stroke: var(--line); stroke-width: 1; }
.mark { stroke: var(--soft); stroke-width: 1; stroke-dasharray: 2 3; }
.tick, .mark-label { fill: var(--soft); font-size: 12px; font-family: system-ui, sans-serif; }
.mark-label { font-size: 11px; }
.axis { fill: var(--ink); font-size: 12px; font-family: system-ui, sans-serif; }
.line { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
.whisker { fill: none; stroke-width: 1.3; opacity: .65; }
.s0 { stroke: var(--s0); } .s1 { stroke: var(--s1); } .s2 { stroke: var(--s2); }
.line.s1 { stroke-dasharray: 7 5; } .line.s2 { stroke-dasharray: 2 4; }
.dot { stroke: var(--card); stroke-width: 1.2; } .dot.s0 { fill: var(--s0); } .dot.s1 { fill: var(--s1); } .dot.s2 { fill: var(--s2); }
.patches { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.2rem, 1fr)); gap: 1rem .8rem; margin: .75rem 0 1.5rem; }
.patches img, .patches .gone { display: block; width: 100%; height: auto; aspect-ratio: 1; border-radius: .35rem; border: 1px solid var(--line); }
.patches .gone { display: grid; place-items: center; color: var(--soft); font-size: .8rem; background: var(--card); }
.patches figcaption { font-size: .78rem; line-height: 1.4; margin-top: .35rem; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.patches b { color: var(--ink); font-weight: 600; }
.right { color: var(--good); } .wrong { color: var(--bad); }
.bar { fill: var(--s0); }
.times td:nth-child(2) { width: 45%; }
.times svg { display: block; width: 100%; height: 1.1rem; }
.warnings li { margin-bottom: .3rem; overflow-wrap: anywhere; }
pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem; font-size: .82rem; line-height: 1.45; }
@media print { body { background: none; } .chart, .patches figure { break-inside: avoid; } details:not([open]) { display: none; } }
`;
