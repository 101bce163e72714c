// Builds the extension, its lazily loaded parts, the webview and the command line into dist/.
// --minify: what is packaged. --start: also what `npm start` runs, into out/. --tests: also all tests, into out/.
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const minify = process.argv.includes('--minify');
const withTests = process.argv.includes('--tests');
const withStart = process.argv.includes('--start');

/** `import('./apns/apnsClient')` loads the sibling bundle `apnsClient.js` at run time: what activation does not need is not read. */
const lazyParts = {
  name: 'lazy-parts',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path)}.js`, external: true } : undefined,
    );
  },
};

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's "main" is a UMD file that esbuild can not follow: it builds, and dies at run time.
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  external: ['vscode'],
  logLevel: 'warning',
  minify,
  sourcemap: minify ? false : 'linked',
};

/** @vscode/test-electron starts this one as if it were VS Code, so it must be a program by itself. */
const executables = ['out/host/vscodeHeadless.js'];

function testEntryPoints() {
  const tests = readdirSync('test', { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /[.-]test\.ts$/.test(file.name))
    .map((file) => join(file.parentPath, file.name));
  return [
    ...tests,
    'test/run.ts',
    ...['index', 'runInHost', 'start', 'vscodeHeadless'].map((name) => `test/host/${name}.ts`),
  ];
}

rmSync('dist', { recursive: true, force: true });
const builds = [
  {
    ...node,
    plugins: [lazyParts],
    entryPoints: {
      extension: 'src/extension.ts',
      apnsClient: 'src/adapters/apns/apnsClient.ts',
      virtualTarget: 'src/virtual/virtualTarget.ts',
    },
    outdir: 'dist',
  },
  {
    ...node,
    plugins: [lazyParts],
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    entryPoints: { timeline: 'webview/main.ts' },
    outdir: 'dist',
    logLevel: 'warning',
    minify: true,
    sourcemap: minify ? false : 'linked',
  },
];
if (withTests || withStart) {
  rmSync('out', { recursive: true, force: true });
  builds.push({
    ...node,
    external: [
      'vscode',
      'mocha',
      'esbuild',
      'typescript',
      'playwright-core',
      '@sparticuz/chromium',
      '@vscode/test-electron',
    ],
    entryPoints: withTests ? testEntryPoints() : ['test/host/start.ts'],
    outbase: 'test',
    outdir: 'out',
    banner: { js: '#!/usr/bin/env node' },
  });
}
try {
  await Promise.all(builds.map((options) => build(options)));
  if (withTests) for (const file of executables) chmodSync(file, 0o755);
} catch {
  // esbuild has printed what is wrong. Without a build no test runs, and that is a failure.
  if (withTests) console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
