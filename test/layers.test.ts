import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';

/** A part of the product, the files it is made of, and what they may import. */
interface Layer {
  readonly files: RegExp;
  /** Parts of this project, by name. */
  readonly layers: readonly string[];
  readonly packages: readonly string[];
  readonly node: boolean;
}

const LAYERS: Readonly<Record<string, Layer>> = {
  core: { files: /^src\/core\//, layers: ['core'], packages: ['jsonc-parser', 'valibot'], node: false },
  protocol: { files: /^src\/protocol\.ts$/, layers: ['core'], packages: [], node: false },
  adapters: {
    files: /^src\/adapters\//,
    layers: ['core', 'adapters'],
    packages: ['@parse/node-apn', 'node-forge', 'plist', 're2js', 'valibot'],
    node: true,
  },
  virtual: { files: /^src\/virtual\//, layers: ['core', 'virtual'], packages: ['node-forge'], node: true },
  ui: { files: /^src\/ui\//, layers: ['core', 'protocol', 'ui'], packages: ['vscode'], node: true },
  cli: {
    files: /^src\/cli\//,
    layers: ['core', 'adapters', 'virtual', 'cli'],
    packages: ['commander'],
    node: true,
  },
  extension: {
    files: /^src\/extension\.ts$/,
    layers: ['core', 'protocol', 'adapters', 'virtual', 'ui'],
    packages: ['vscode'],
    node: true,
  },
  webview: {
    files: /^webview\//,
    layers: ['core', 'protocol', 'webview'],
    packages: ['@vscode/webview-ui-toolkit'],
    node: false,
  },
};

const files = ['src', 'webview'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The file, when it is one of this project. */
  readonly to: string | undefined;
}

const imports = files.flatMap((from) =>
  ts.preProcessFile(readFileSync(from, 'utf8'), true, true).importedFiles.map(
    ({ fileName: specifier }): Import => ({
      from,
      specifier,
      to: specifier.startsWith('.') ? resolveImport(from, specifier) : undefined,
    }),
  ),
);

function resolveImport(from: string, specifier: string): string {
  // './searchThread?thread': the text of a bundle of that file
  const path = relative('.', join(dirname(from), specifier.replace(/\?thread$/, '')));
  const found = [path, `${path}.ts`, join(path, 'index.ts')].find((file) => file.includes('.') && existsSync(file));
  assert.ok(found, `${from} imports ${specifier}, which is not there`);
  return found;
}

function layerOf(file: string): string {
  const found = Object.entries(LAYERS).find(([, { files: own }]) => own.test(file));
  assert.ok(found, `${file} belongs to no layer`);
  return found[0];
}

function complaint({ from, specifier, to }: Import): string | undefined {
  const layer = LAYERS[layerOf(from)];
  assert.ok(layer);
  if (to !== undefined) {
    const isAllowed = !to.endsWith('.ts') || layer.layers.includes(layerOf(to));
    return isAllowed ? undefined : `${from} imports ${to}`;
  }
  const isNode = specifier.startsWith('node:') || builtinModules.includes(specifier);
  const isAllowed = isNode
    ? layer.node
    : layer.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return isAllowed ? undefined : `${from} imports ${specifier}`;
}

/** The first chain of imports that leads back to its start. */
function findCycle(): readonly string[] | undefined {
  const next = new Map(files.map((file) => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]));
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const to of next.get(file) ?? []) {
      const cycle = to === undefined ? undefined : visit(to, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of files) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe('layers', () => {
  it('sees the project', () => {
    for (const [name, { files: own }] of Object.entries(LAYERS)) {
      assert.ok(
        files.some((file) => own.test(file)),
        `layer ${name} has files`,
      );
    }
    assert.ok(imports.length > files.length, 'imports are found');
  });

  it('every import is allowed by its layer', () => {
    assert.deepEqual(
      imports.map(complaint).filter((text) => text !== undefined),
      [],
    );
  });

  it('no chain of imports leads back to its start, types included', () => {
    assert.equal(findCycle(), undefined);
  });

  it('a file stays small enough to be read in one sitting', () => {
    const long = files.filter((file) => readFileSync(file, 'utf8').split('\n').length > 300);
    assert.deepEqual(long, []);
  });
});
