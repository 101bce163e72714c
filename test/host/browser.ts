import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';
import { cacheFolder } from './install';
import { ROOT } from './paths';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const FONT_FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.fonts'),
  join(homedir(), '.local/share/fonts'),
];

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A test must not depend on the network: VS Code's page asks it for several things.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

interface Chromium {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a headless Chromium: $CHROMIUM_PATH, an installed one, or (always with CHROMIUM_FROM_NPM=1) the one in an npm package. */
export async function launchBrowser(
  options: BrowserContextOptions = {},
): Promise<{ readonly browser: Browser; readonly context: BrowserContext }> {
  const { executablePath, env } = findChromium();
  const browser = await chromium.launch({
    executablePath,
    env: { ...definedOnly(process.env), ...env },
    headless: true,
    args: SWITCHES,
    // Whoever starts a browser here ends it in the right order: the window first, then the server.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  // VS Code keeps secrets beyond a reload only when its server hands out a key, and the bare server has none.
  const key = randomBytes(32);
  await context.route('**/mint-key', (route) =>
    route.fulfill({ status: 200, contentType: 'application/octet-stream', body: key }),
  );
  return { browser, context };
}

function findChromium(): Chromium {
  const fromNpm = process.env['CHROMIUM_FROM_NPM'] === '1';
  const installed = process.env['CHROMIUM_PATH'] ?? (fromNpm ? undefined : INSTALLED.find((path) => existsSync(path)));
  if (installed) return { executablePath: installed, env: {} };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found. Install Chromium or Chrome, or name one in CHROMIUM_PATH.');
  }
  const folder = unpackedChromium();
  const libraries = [join(folder, 'lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: libraries,
      ...(hasFonts() ? {} : { FONTCONFIG_FILE: join(folder, 'fonts.conf') }),
    },
  };
}

/** Without any font Chromium shows no text, and dies of some. */
function hasFonts(): boolean {
  return FONT_FOLDERS.some((folder) => existsSync(folder) && readdirSync(folder).length > 0);
}

/**
 * Unpacks what @sparticuz/chromium carries into the cache folder, once. The package's own function unpacks straight into
 * the temporary folder, where a second process takes a half written browser for a finished one.
 */
function unpackedChromium(): string {
  const packed = join(dirname(createRequire(join(ROOT, 'package.json')).resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as { readonly version: string };
  const folder = join(cacheFolder(), `chromium-${version}`);
  if (existsSync(folder)) return folder;
  const aside = `${folder}.tmp-${process.pid}`;
  mkdirSync(aside, { recursive: true });
  const open = (name: string): Buffer => brotliDecompressSync(readFileSync(join(packed, 'bin', name)));
  writeFileSync(join(aside, 'chromium'), open('chromium.br'), { mode: 0o755 });
  // The libraries are for a machine that has no libnss.
  for (const name of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    const { status } = spawnSync('tar', ['-xf', '-', '-C', aside], { input: open(name) });
    if (status !== 0) throw new Error(`Unpacking ${name} with tar failed (${status})`);
  }
  // The file in the package names folders that are not this one.
  const fonts = `<dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir>`;
  writeFileSync(join(aside, 'fonts.conf'), `<?xml version="1.0"?><fontconfig>${fonts}</fontconfig>\n`);
  try {
    renameSync(aside, folder);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw new Error(`Unpacking ${basename(folder)} failed`, { cause: error });
  }
  return folder;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
