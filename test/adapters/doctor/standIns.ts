import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** How a stand-in for a program behaves. */
export interface StandIn {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Writes its process id to this file beside it, and never ends by itself. */
  readonly hangs?: string;
}

/** A folder with these files, for as long as `work` runs. */
export async function inTree<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  work: (folder: string) => Promise<T>,
) {
  const folder = await mkdtemp(join(tmpdir(), 'voip-push-doctor-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A PATH with these programs on it, and no others. Each prints its arguments to stderr when they are not `args`. */
export function withStandIns<T>(
  tools: Readonly<Record<string, StandIn & { readonly args?: readonly string[] }>>,
  work: (env: Readonly<Record<string, string>>, folder: string) => Promise<T>,
): Promise<T> {
  const scripts = Object.entries(tools).map(([name, tool]) => [name, scriptOf(tool)] as const);
  return inTree(Object.fromEntries(scripts), async (folder) => {
    for (const [name] of scripts) await chmod(join(folder, name), 0o755);
    return work({ PATH: folder }, folder);
  });
}

function scriptOf({
  args,
  stdout = '',
  stderr = '',
  exitCode = 0,
  hangs,
}: StandIn & { readonly args?: readonly string[] }) {
  return `#!${process.execPath}
const given = process.argv.slice(2);
if (${args !== undefined} && JSON.stringify(given) !== ${JSON.stringify(JSON.stringify(args ?? []))}) {
  process.stderr.write('unexpected arguments ' + given.join(' '));
  process.exit(64);
}
process.stdout.write(${JSON.stringify(stdout)});
process.stderr.write(${JSON.stringify(stderr)});
${
  hangs === undefined
    ? `process.exitCode = ${exitCode};`
    : `require('node:fs').writeFileSync(require('node:path').join(__dirname, ${JSON.stringify(hangs)}), String(process.pid)); setInterval(() => {}, 1000);`
}
`;
}
