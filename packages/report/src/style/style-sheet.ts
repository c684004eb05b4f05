/** Everything that the page looks like: one scale of type, one accent, both themes, and paper. Every pair of text and ground has a contrast of 4.5 or more. */
export const styleSheet = `
:root{color-scheme:light dark;--ground:#fff;--panel:#f5f6f8;--text:#1b1e23;--muted:#565d67;--line:#d9dde3;--accent:#2b5fb8;--second:#c2571a;--good:#17693a;--good-ground:#e7f4ec;--warn:#7a4b00;--warn-ground:#fdf1dc;--bad:#a8261c}
@media (prefers-color-scheme:dark){:root{--ground:#14171b;--panel:#1c2026;--text:#e7e9ec;--muted:#a5acb6;--line:#363c45;--accent:#85b1f7;--second:#f09a5f;--good:#7fd6a0;--good-ground:#16301f;--warn:#f2c071;--warn-ground:#33270f;--bad:#f5a59c}}
*{box-sizing:border-box}
html{font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text);background:var(--ground);-webkit-text-size-adjust:100%}
body{margin:0}
.page{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 3rem}
h1,h2,h3{line-height:1.25;margin:0;font-weight:650;text-wrap:balance}
h1{font-size:1rem;color:var(--muted);font-weight:600;overflow-wrap:anywhere}
h2{font-size:1.375rem;margin-bottom:.75rem}
h3{font-size:1.0625rem;margin:1.75rem 0 .5rem}
p{margin:0 0 .75rem;max-width:44rem;overflow-wrap:anywhere}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-100rem}
.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem 1rem;z-index:1}
.verdict{margin:1rem 0 1.5rem;padding:1.25rem 1.5rem;border-radius:.5rem;background:var(--good-ground);border-left:.375rem solid var(--good)}
.verdict strong{display:block;font-size:1.75rem;line-height:1.2;font-weight:650;color:var(--good);margin-bottom:.375rem}
.verdict p{margin:0}
.verdict.lossy{background:var(--warn-ground);border-color:var(--warn)}
.verdict.lossy strong{color:var(--warn)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:1px;background:var(--line);border:1px solid var(--line);border-radius:.5rem;overflow:hidden;margin:0 0 1.5rem}
.tiles div{background:var(--ground);padding:.75rem 1rem}
.tiles dt{font-size:.875rem;color:var(--muted)}
.tiles dd{margin:0;font-size:1.375rem;font-weight:650;line-height:1.3;font-variant-numeric:tabular-nums}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0;font-size:.9375rem}
nav a{display:inline-block;padding:.125rem 0}
section{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:0 2rem;margin:0 0 1rem}
.facts div{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;padding:.375rem 0;border-bottom:1px solid var(--line)}
.facts dt{color:var(--muted)}
.facts dd{margin:0;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;text-align:right}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);font-size:.9375rem;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.375rem 1rem .375rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere;min-width:7rem}
th.number,td.number{min-width:3.5rem}
th:last-child,td:last-child{padding-right:0}
thead th{font-weight:600;color:var(--muted);border-bottom-color:var(--muted);vertical-align:bottom;overflow-wrap:normal}
tbody th{font-weight:400}
.number{text-align:right;white-space:nowrap}
figure{margin:0 0 1.5rem}
figcaption{color:var(--muted);font-size:.9375rem;max-width:44rem;margin-top:.25rem}
svg.plot{display:block;width:100%;min-width:34rem;height:auto;color:var(--muted);font-family:inherit}
h4{font-size:.9375rem;font-weight:600;margin:0 0 .25rem}
.half svg.plot{min-width:0;max-width:24rem}
strong.good{color:var(--good)}strong.warn{color:var(--warn)}strong.bad{color:var(--bad)}
svg text{white-space:pre}
svg rect{shape-rendering:crispEdges}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr));gap:1rem 2rem}
details{margin:.5rem 0 0}
details>summary{cursor:pointer;color:var(--accent);font-size:.9375rem;width:fit-content}
details[open]>summary{margin-bottom:.75rem}
.key{display:inline-block;width:.75em;height:.75em;border-radius:2px;margin-right:.25em}
.key.accent{background:var(--accent)}.key.second{background:var(--second)}.key.muted{background:var(--muted)}.key.bad{background:var(--bad)}
ul.plain{margin:0;padding-left:1.25rem;max-width:52rem;overflow-wrap:anywhere}
ul.plain li{margin-bottom:.375rem}
.badge{display:inline-block;font-size:.875rem;padding:0 .5em;border-radius:1em;border:1px solid currentColor;white-space:nowrap}
.badge.good{color:var(--good)}.badge.warn{color:var(--warn)}.badge.bad{color:var(--bad)}
code{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;font-size:.9em;overflow-wrap:anywhere}
footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--muted);font-size:.9375rem}
@media (max-width:30rem){.page{padding:1.25rem 1rem 2rem}.verdict{padding:1rem}.verdict strong{font-size:1.375rem}.facts{grid-template-columns:1fr}.facts dd{text-align:left}}
@media print{:root{color-scheme:light;--ground:#fff;--panel:#fff;--text:#000;--muted:#444;--line:#bbb;--accent:#2b5fb8;--second:#c2571a;--good:#17693a;--good-ground:#fff;--warn:#7a4b00;--warn-ground:#fff;--bad:#a8261c}
html{font-size:11px}.page{max-width:none;padding:0}nav,.skip,summary{display:none}details::details-content{content-visibility:visible;display:block;block-size:auto}
.verdict{border:1px solid var(--line);border-left:.375rem solid var(--good)}svg.plot{min-width:0}.scroll{overflow:visible}figure,tr,.verdict,.tiles,dl div{break-inside:avoid}h2,h3,caption{break-after:avoid}section{margin-top:1.5rem;padding-top:1rem}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
