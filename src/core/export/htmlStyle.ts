/** The style of an exported page: light or dark as the reader's system is, and fit for paper. */
export const HTML_STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --faint: #59636e; --page: #fff; --box: #f6f8fa; --line: #d1d9e0;
  --error: #c1121f; --warning: #8a5a00; --info: #0a58b5; --none: #1a6b33; --link: #0a58b5; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --faint: #9da7b1; --page: #0d1117; --box: #161b22;
  --line: #30363d; --error: #ff7b72; --warning: #e3b341; --info: #79c0ff; --none: #56d364; --link: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px; max-width: 1100px; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 4px; font-size: 24px; }
h2 { margin: 32px 0 8px; font-size: 18px; }
h3 { margin: 16px 0 4px; font-size: 15px; }
p, ul, ol { margin: 4px 0 8px; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible, pre:focus-visible, .wide:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.faint { color: var(--faint); }
.wide { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px 6px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
th { color: var(--faint); font-size: 13px; font-weight: 600; }
.verdict { font-weight: 600; }
.verdict, .time { white-space: nowrap; }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); } .none { color: var(--none); }
details { margin: 8px 0; padding: 8px 14px; border: 1px solid var(--line); border-radius: 6px; background: var(--box); }
summary { cursor: pointer; }
[id^=delivery] { scroll-margin-top: 56px; }
.raw { margin: 4px 0 0; padding: 0; border: 0; background: none; }
.raw summary { color: var(--faint); font-size: 13px; }
pre { margin: 4px 0 8px; padding: 8px; overflow-x: auto; border: 1px solid var(--line); border-radius: 4px;
  background: var(--page); font: 12.5px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
td pre { margin: 4px 0 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 4px 0 8px; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
@media (max-width: 640px) { body { padding: 12px; } }
@media print { body { max-width: none; padding: 0; } details { break-inside: avoid; } }
`;
