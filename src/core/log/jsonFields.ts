/** The fields of a JSON object that came from outside: anything may be in them. */
export type JsonFields = Readonly<Record<string, unknown>>;

/** The object on this line; `undefined` for torn lines, other JSON and other text. */
export function parseJsonFields(line: string): JsonFields | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const fields: JsonFields = JSON.parse(line);
    return fields;
  } catch {
    return undefined;
  }
}

/** A text with something in it. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Ticks since the device was started, as both `log` and pymobiledevice3 say them: `30709896905325`. */
export function ticksOf(value: unknown): { readonly machTimestamp?: number } {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? { machTimestamp: value } : {};
}

/** `/System/Library/…/callservicesd` gives `callservicesd`. */
export function lastPathComponent(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
