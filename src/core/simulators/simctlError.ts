/** One error of simctl, an `NSError` in text: the outer one, or one that underlies it. */
export interface SimctlError {
  /** For example `NSPOSIXErrorDomain`. */
  readonly domain: string;
  readonly code: number;
  /** What it says, a line each. */
  readonly lines: readonly string[];
}

/** What simctl prints on stderr when it fails. */
export interface SimctlErrors {
  /** The outer error first. Empty when simctl names no domain and code. */
  readonly errors: readonly SimctlError[];
  /** The line that tells most: of the innermost error, else the first of all. */
  readonly said?: string;
}

/** Reads simctl's errors by domain and code, which do not depend on its English. Never throws. */
export function parseSimctlErrors(stderr: string): SimctlErrors {
  const errors: (SimctlError & { readonly lines: string[] })[] = [];
  const loose: string[] = [];
  for (const line of stderr.split('\n', MAX_LINES).map((each) => each.trim())) {
    // An error was encountered processing the command (domain=NSPOSIXErrorDomain, code=22):
    // Underlying error (domain=UNErrorDomain, code=2003):
    const match = /\(domain=([^,()]{1,200}), code=(-?\d{1,12})\)/.exec(line);
    const [, domain, code] = match ?? [];
    if (domain !== undefined) errors.push({ domain, code: Number(code), lines: [] });
    else if (line !== '') (errors.at(-1)?.lines ?? loose).push(line);
  }
  const said = errors.findLast(({ lines }) => lines.length > 0)?.lines[0] ?? loose[0];
  return { errors, ...(said !== undefined && { said }) };
}

const MAX_LINES = 200;
