// Builds the extension, its lazily loaded parts, the webview and the command line into dist/, the tests into out/.
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const minify = process.argv.includes('--minify');
const withTests = process.argv.includes('--tests');

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

function testsUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.test.ts'))
    .map((file) => join(file.parentPath, file.name));
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
if (withTests) {
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
    entryPoints: testsUnder('test'),
    outbase: 'test',
    outdir: 'out',
  });
}
await Promise.all(builds.map((options) => build(options)));
