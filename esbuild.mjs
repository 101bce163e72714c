// Builds the extension, its lazily loaded parts, the webview and the command line into dist/.
// --minify: what is packaged. --start: also what `npm start` runs, into out/. --tests: also all tests, into out/.
// --bench: also what the bench scripts run, into out/bench/.
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import wabt from 'wabt';

const minify = process.argv.includes('--minify');
const withTests = process.argv.includes('--tests');
const withStart = process.argv.includes('--start');
const withBench = process.argv.includes('--bench');

/** `import('./apns/apnsClient')` loads the sibling bundle `apnsClient.js` at run time: what activation does not need is not read. */
const lazyParts = {
  name: 'lazy-parts',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^\./ }, ({ kind, path }) =>
      kind === 'dynamic-import' ? { path: `./${basename(path)}.js`, external: true } : undefined,
    );
  },
};

/** `import program from './x.wat'` gives the bytes of the WebAssembly program that this text is. */
const webAssemblyText = {
  name: 'web-assembly-text',
  setup(esbuild) {
    esbuild.onLoad({ filter: /\.wat$/ }, async ({ path }) => {
      const program = (await wabt()).parseWat(basename(path), readFileSync(path, 'utf8'), { simd: true });
      try {
        program.validate({ simd: true });
        return { contents: program.toBinary({}).buffer, loader: 'binary' };
      } finally {
        program.destroy();
      }
    });
  },
};

/** `import code from './x?thread'` gives the text of a bundle of `x.ts`, to be run in a worker thread wherever it is. */
const threadCode = {
  name: 'thread-code',
  setup(esbuild) {
    esbuild.onResolve({ filter: /\?thread$/ }, ({ resolveDir, path }) => ({
      path: join(resolveDir, path.replace('?thread', '.ts')),
      namespace: 'thread',
    }));
    esbuild.onLoad({ filter: /./, namespace: 'thread' }, async ({ path }) => {
      const { outputFiles } = await build({
        ...node,
        entryPoints: [path],
        plugins: [webAssemblyText],
        sourcemap: false,
        write: false,
      });
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};

const node = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's "main" is a UMD file that esbuild cannot follow: it builds, and dies at run time.
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  external: ['vscode'],
  plugins: [webAssemblyText, threadCode],
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

/**
 * Bundles of an earlier build that this one did not write. What it did write was replaced in place: it may be in use, as
 * may be what benches run.
 */
function removeStale(folder, results) {
  const written = new Set(
    results.flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((file) => resolve(file)),
  );
  const bundles = readdirSync(folder, { recursive: true })
    .filter((name) => /\.(js|css)(\.map)?$/.test(name) && !name.startsWith('bench'))
    .map((name) => resolve(folder, name));
  for (const file of bundles) if (!written.has(file)) rmSync(file, { force: true });
}

/**
 * The text of `ThirdPartyNotices.txt` for these results of esbuild, which need `metafile: true`: the authors of what is
 * bundled ask that their license goes where their code goes.
 */
function thirdPartyNotices(results) {
  const folders = new Map();
  for (const { metafile } of results) {
    for (const output of Object.values(metafile.outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
        const found = packageFolder(file);
        if (found !== undefined && bytesInOutput > 0) folders.set(found.name, found.folder);
      }
    }
  }
  const notices = [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, folder]) => notice(folder));
  return ['VoIP Push Debugger contains code of the following packages.\n', ...notices].join(`\n${'-'.repeat(79)}\n\n`);
}

// `node_modules/@parse/node-apn/lib/client.js`; of a package inside another one, the inner one.
function packageFolder(file) {
  const match = /^.*\bnode_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file);
  return match === null ? undefined : { name: match[1], folder: match[0] };
}

function notice(folder) {
  const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = about;
  const text = licenseFiles(folder) ?? licenseInReadme(folder) ?? usualText(about);
  if (text === undefined) throw new Error(`The license of ${name} was not found. It must be in ThirdPartyNotices.txt.`);
  return `${name} ${version} (${license})\n\n${text.replaceAll('\r\n', '\n').trim()}\n`;
}

/** `LICENSE`, `LICENSE.md`, `License.txt`, `NOTICES`, `CopyrightNotice.txt` */
function licenseFiles(folder) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notices?|copyrightnotice)\b/i.test(name));
  return names.length === 0
    ? undefined
    : names.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}

/** What is below `## License` and has a copyright line. */
function licenseInReadme(folder) {
  const path = join(folder, 'README.md');
  if (!existsSync(path)) return undefined;
  const text = /^#+ *licen[cs]e\s*\n([^#]+)/im.exec(readFileSync(path, 'utf8'))?.[1];
  return text !== undefined && /copyright/i.test(text) && /permission/i.test(text) ? text : undefined;
}

/** Without a text of its own, a package under the MIT license is under the text that everybody uses, ours too. */
function usualText({ license, author }) {
  if (license !== 'MIT' || author === undefined) return undefined;
  const ours = readFileSync('LICENSE', 'utf8');
  return ours.replace(/^Copyright .*$/m, `Copyright (c) ${typeof author === 'string' ? author : author.name}`);
}

const builds = [
  {
    ...node,
    plugins: [...node.plugins, lazyParts],
    entryPoints: {
      extension: 'src/extension.ts',
      apnsClient: 'src/adapters/apns/apnsClient.ts',
      readCredentials: 'src/adapters/credentials/readCredentials.ts',
      virtualTarget: 'src/virtual/virtualTarget.ts',
      validateCredentials: 'src/adapters/credentials/validateCredentials.ts',
      simctl: 'src/adapters/simulators/simctl.ts',
      oldStylePropertyList: 'src/adapters/simulators/oldStylePropertyList.ts',
      logSources: 'src/adapters/logSources/logSources.ts',
      linearPattern: 'src/adapters/linearPattern.ts',
      runDoctor: 'src/adapters/doctor/runDoctor.ts',
      timelineExporter: 'src/ui/timelineExporter.ts',
      recordings: 'src/adapters/recordings.ts',
      recordingViews: 'src/ui/recordings/recordingViews.ts',
      deviceForms: 'src/ui/deviceForms.ts',
      probeSnippets: 'src/ui/probeSnippets.ts',
    },
    outdir: 'dist',
  },
  {
    ...node,
    plugins: [...node.plugins, lazyParts],
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
const buildsForTests = [];
if (withTests || withStart) {
  buildsForTests.push({
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
if (withBench) {
  buildsForTests.push({
    ...node,
    entryPoints: ['apns', 'correlate', 'live', 'scan'].map((name) => `bench/${name}.ts`),
    outdir: 'out/bench',
  });
}
try {
  const bundle = (options) => build({ ...options, metafile: true });
  const [results, resultsForTests] = await Promise.all(
    [builds, buildsForTests].map((some) => Promise.all(some.map(bundle))),
  );
  writeFileSync('dist/ThirdPartyNotices.txt', thirdPartyNotices(results));
  removeStale('dist', results);
  if (withTests) removeStale('out', resultsForTests);
  if (withTests) for (const file of executables) chmodSync(file, 0o755);
} catch (error) {
  // esbuild has printed what is wrong with the code. Without a build no test runs, and that is a failure.
  if (!('errors' in error)) console.error(error);
  if (withTests) console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
