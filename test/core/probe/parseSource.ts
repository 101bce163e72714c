import { spawnSync } from 'node:child_process';
import type { ProbeLanguage } from '../../../src/core/probe/probeFiles';

const GRAMMARS: { readonly [L in ProbeLanguage]: string } = { swift: 'swift', 'objective-c': 'objc' };

// In a process of its own: the Swift grammar breaks at the second parse under wasm.
const PARSE = `
const { Language, Parser } = require('web-tree-sitter');
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load('node_modules/tree-sitter-wasms/out/tree-sitter-' + process.argv[1] + '.wasm'));
  const bad = [];
  const walk = (node) => {
    if (node.isError || node.isMissing) bad.push(node.type + ' at line ' + (node.startPosition.row + 1) + ': ' + node.text.slice(0, 80));
    node.children.forEach(walk);
  };
  const { rootNode } = parser.parse(Buffer.concat(chunks).toString('utf8'));
  walk(rootNode);
  if (rootNode.hasError && bad.length === 0) bad.push('an error that no node shows');
  process.stdout.write(JSON.stringify({ bad, kinds: rootNode.children.map(({ type }) => type) }));
});`;

interface ParsedSource {
  /** What the grammar could not read. */
  readonly bad: readonly string[];
  /** Kinds of the nodes at the top. */
  readonly kinds: readonly string[];
}

/** Parses a source with tree-sitter; the working folder is the repository. */
export function parseSource(language: ProbeLanguage, source: string): ParsedSource {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', PARSE, GRAMMARS[language]], {
    input: source,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The parser ended with ${status}: ${stderr}`);
  const parsed: ParsedSource = JSON.parse(stdout);
  return parsed;
}
