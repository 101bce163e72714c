import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { version } from '../../package.json';
import { readPayloadFile } from '../adapters/payloadFile';
import { type LintedSource, lintSarif } from '../core/export/lintSarif';
import type { Finding } from '../core/payload/finding';
import { lintPayload } from '../core/payload/lint';
import { ExitCode } from './exitCode';
import { expandPaths } from './expandPaths';
import { countOf, renderFinding } from './findingText';
import { callIdPointerOption, wholeNumber } from './options';
import { createPaint, printable } from './paint';
import { sourceUri } from './sourceUri';
import { readStdinText, STDIN, STDIN_NAME } from './stdinText';
import type { CliWorld } from './world';

/** What `voip-push lint --format json` prints. Stable: fields are only added. */
export interface LintReport {
  readonly version: 1;
  readonly files: readonly LintedFile[];
}

export interface LintedFile {
  /** As it was given. */
  readonly path: string;
  readonly bytes: number;
  readonly findings: readonly Finding[];
}

const LINT_FORMATS = ['text', 'json', 'sarif'] as const;

interface LintOptions {
  readonly format: (typeof LINT_FORMATS)[number];
  readonly maxWarnings?: number;
  readonly limit?: number;
  readonly callIdPointer: readonly string[];
}

/** `voip-push lint FILE…` */
export function addLintCommand(program: Command, world: CliWorld, done: (code: ExitCode) => void): void {
  program
    .command('lint')
    .description('Lint payload files: what APNs, simctl or the handler of the app would trip over.')
    .argument('<file...>', 'payload files, or quoted patterns of them; - is stdin')
    .addOption(new Option('--format <format>', 'how the findings are written').choices(LINT_FORMATS).default('text'))
    .option('--max-warnings <n>', 'exit with 1 when there are more warnings than this', wholeNumber(0, 1_000_000))
    .option(
      '--limit <bytes>',
      'largest payload that is fine (default: 5120, what APNs takes)',
      wholeNumber(1, 1_048_576),
    )
    .addOption(callIdPointerOption())
    .addHelpText(
      'after',
      '\nExit code 1 with any error; warnings alone leave it 0 unless --max-warnings says otherwise.',
    )
    .action(async (files: readonly string[], options: LintOptions) => done(await runLint(files, options, world)));
}

async function runLint(paths: readonly string[], options: LintOptions, world: CliWorld): Promise<ExitCode> {
  const linted: LintedFile[] = [];
  const files = new Set(await expandPaths(paths, world.cwd));
  for (const file of files) {
    const read = file === STDIN ? await readStdinText(world) : await readPayloadFile(resolve(world.cwd, file));
    if (!read.ok) {
      world.stderr(`voip-push: ${printable(read.error)}\n`);
      continue;
    }
    const { bytes, findings } = lintPayload(read.text, {
      callIdPointers: options.callIdPointer,
      ...(options.limit !== undefined && { limitBytes: options.limit }),
    });
    linted.push({ path: file === STDIN ? STDIN_NAME : file, bytes, findings });
  }
  world.stdout(lintResult(linted, options.format, world));
  return linted.length < files.size ? ExitCode.wrongUse : exitCodeOf(linted, options.maxWarnings);
}

function lintResult(files: readonly LintedFile[], format: LintOptions['format'], world: CliWorld): string {
  switch (format) {
    case 'text':
      return lintText(files, world);
    case 'json':
      return `${JSON.stringify(lintReport(files))}\n`;
    case 'sarif':
      return `${lintSarif(
        files.map((file) => lintedSource(file, world)),
        version,
      )}\n`;
  }
}

function lintedSource({ path, findings }: LintedFile, { cwd }: CliWorld): LintedSource {
  return path === STDIN_NAME ? { findings } : { uri: sourceUri(path, cwd), findings };
}

function lintReport(files: readonly LintedFile[]): LintReport {
  return { version: 1, files };
}

function lintText(files: readonly LintedFile[], world: CliWorld): string {
  const paint = createPaint(world);
  const lines = files.flatMap(({ path, findings }) => findings.map((finding) => renderFinding(path, finding, paint)));
  if (files.length === 0) return '';
  const counts = (['error', 'warning', 'info'] as const)
    .map((severity) => [severity, countSeverity(files, severity)] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => (severity === 'info' ? `${count} info` : countOf(count, severity)));
  const summary = counts.length === 0 ? 'no findings' : counts.join(', ');
  return `${[...lines, `${countOf(files.length, 'file')}: ${summary}.`].join('\n')}\n`;
}

function exitCodeOf(files: readonly LintedFile[], maxWarnings = Number.POSITIVE_INFINITY): ExitCode {
  const isFlagged = countSeverity(files, 'error') > 0 || countSeverity(files, 'warning') > maxWarnings;
  return isFlagged ? ExitCode.flagged : ExitCode.fine;
}

function countSeverity(files: readonly LintedFile[], severity: Finding['severity']): number {
  return files.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
}
