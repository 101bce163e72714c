import { type RunToolOptions, runTool } from './runTool';

/**
 * Parses a property list that a tool printed: with macOS' own `plutil` where there is one, else, or where it refuses
 * (JSON holds no bytes), with a parser of our own for the old style. `undefined` when neither can read it.
 */
export async function parsePropertyList(text: string, plutil: string, options: RunToolOptions): Promise<unknown> {
  const run = await runTool(plutil, ['-convert', 'json', '-o', '-', '-'], { ...options, input: text });
  if (run.kind === 'exited' && run.exitCode === 0) {
    const value = parsed(() => JSON.parse(run.stdout));
    if (value !== undefined) return value;
  }
  const { parseOldStylePropertyList } = await import('./oldStylePropertyList');
  return parsed(() => parseOldStylePropertyList(text));
}

function parsed(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
