import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import type { FromTimeline, ToTimeline } from '../../src/protocol';
import { ROOT } from '../host/paths';
import { THEMES, type ThemeName } from './themes';

/** The built timeline in a page, with the test in the place of the extension. */
export interface TimelinePage {
  readonly page: Page;
  send(message: ToTimeline): Promise<void>;
  /** Everything the timeline posted so far, the newest last. */
  posted(): Promise<readonly FromTimeline[]>;
  /** What the timeline asked VS Code to keep. */
  kept(): Promise<unknown>;
  setTheme(theme: ThemeName): Promise<void>;
  /** Reports of the content security policy: directive and what was blocked. */
  violations(): Promise<readonly string[]>;
  /** Errors that nobody caught. */
  readonly errors: readonly string[];
}

interface StubbedWindow {
  posted: FromTimeline[];
  kept: unknown;
  violations: string[];
}

const ORIGIN = 'https://timeline.test';
const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q';

// The same policy and skeleton as the extension's own page, with the test's origin as the webview's.
const POLICY = [
  "default-src 'none'",
  `style-src ${ORIGIN}`,
  `script-src 'nonce-${NONCE}'`,
  `font-src ${ORIGIN}`,
  `img-src ${ORIGIN}`,
].join('; ');

const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${ORIGIN}/timeline.css">
<title>VoIP Push Timeline</title>
</head>
<body>
<div id="timeline"></div>
<script nonce="${NONCE}" src="${ORIGIN}/vscode.js"></script>
<script nonce="${NONCE}" src="${ORIGIN}/timeline.js"></script>
</body>
</html>`;

/** Opens the timeline; `kept` is what VS Code kept from an earlier time. */
export async function openTimeline(
  context: BrowserContext,
  theme: ThemeName = 'dark',
  kept: unknown = undefined,
): Promise<TimelinePage> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route(`${ORIGIN}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    if (name === '') return route.fulfill({ contentType: 'text/html', body: PAGE });
    if (name === 'vscode.js') return route.fulfill({ contentType: 'text/javascript', body: stub(theme, kept) });
    const contentType = name.endsWith('.css') ? 'text/css' : 'text/javascript';
    return route.fulfill({ contentType, body: readFileSync(join(ROOT, 'dist', name), 'utf8') });
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction(() => (window as unknown as StubbedWindow).posted.some(({ type }) => type === 'ready'));
  return {
    page,
    errors,
    send: (message) =>
      page
        .evaluate((data) => window.dispatchEvent(new MessageEvent('message', { data })), message)
        .then(() => settle(page)),
    posted: () => page.evaluate(() => (window as unknown as StubbedWindow).posted),
    kept: () => page.evaluate(() => (window as unknown as StubbedWindow).kept),
    setTheme: async (next) => {
      await page.evaluate(stubTheme, THEMES[next]);
      await settle(page);
    },
    violations: () => page.evaluate(() => (window as unknown as StubbedWindow).violations),
  };
}

/** Waits until what was asked for is drawn: two frames, for the first may already be under way. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined)))),
  );
}

/** What VS Code does before a webview's own scripts run: its API, the class and the variables of the theme. */
function stub(theme: ThemeName, kept: unknown): string {
  return `
    window.posted = [];
    window.violations = [];
    window.kept = ${JSON.stringify(kept ?? null)};
    window.acquireVsCodeApi = () => ({
      postMessage: (message) => void window.posted.push(structuredClone(message)),
      getState: () => window.kept ?? undefined,
      setState: (state) => { window.kept = structuredClone(state); },
    });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile }) =>
      window.violations.push([effectiveDirective, blockedURI, sourceFile].join(' ')));
    (${stubTheme.toString()})(${JSON.stringify(THEMES[theme])});`;
}

function stubTheme(theme: { readonly bodyClass: string; readonly colors: Readonly<Record<string, string>> }): void {
  document.documentElement.removeAttribute('style');
  for (const [name, value] of Object.entries(theme.colors)) {
    document.documentElement.style.setProperty(`--vscode-${name}`, value);
  }
  document.body.className = theme.bodyClass;
  // VS Code sets it, and high contrast light has both classes.
  document.body.dataset['vscodeThemeKind'] = theme.bodyClass;
}
