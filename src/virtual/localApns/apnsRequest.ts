/** One request, as the rules look at it. */
export interface ApnsRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names, without pseudo-headers. Of a repeated header the first value. */
  readonly headers: ReadonlyMap<string, string>;
  /** A header that came more than once. */
  readonly repeatedHeader: string | undefined;
}

/** HTTP/2 clients may split this one: RFC 9113, 8.2.3. */
const MAY_REPEAT = new Set(['cookie']);

/**
 * Reads a request from the header list as it came over the wire: name, value, name, value.
 * (Node's header object joins or drops repeated headers, each in its own way.)
 */
export function readApnsRequest(rawHeaders: readonly string[]): ApnsRequest {
  const pseudoHeaders = new Map<string, string>();
  const headers = new Map<string, string>();
  let repeatedHeader: string | undefined;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (name.startsWith(':')) pseudoHeaders.set(name, value);
    else if (!headers.has(name)) headers.set(name, value);
    else if (!MAY_REPEAT.has(name)) repeatedHeader ??= name;
  }
  return {
    method: pseudoHeaders.get(':method') ?? '',
    path: pseudoHeaders.get(':path') ?? '',
    headers,
    repeatedHeader,
  };
}

/** The headers that may be shown and kept: all but the provider token. */
export function headersWithoutSecrets(request: ApnsRequest): Readonly<Record<string, string>> {
  return Object.fromEntries([...request.headers].filter(([name]) => name !== 'authorization'));
}
