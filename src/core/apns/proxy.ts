export interface ProxyRules {
  /** Address of the proxy; empty and undefined are none. */
  readonly proxy?: string | undefined;
  /** Hosts not to be reached through it: `example.com` (and all below it), `.example.com`, `*.example.com`, `*`. */
  readonly noProxy?: readonly string[];
}

/** This computer is never reached through a proxy. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The proxy to reach an origin through, or `undefined` for none.
 * @param origin for example `https://api.push.apple.com`.
 */
export function proxyFor(origin: string, { proxy, noProxy = [] }: ProxyRules): string | undefined {
  if (proxy === undefined || proxy === '') return undefined;
  // https://api.push.apple.com:2197 → api.push.apple.com; https://[::1]:2197 → [::1]
  const host = (/^https?:\/\/(\[[^\]]*\]|[^/:]*)/i.exec(origin)?.[1] ?? '').toLowerCase();
  if (LOOPBACK.test(host)) return undefined;
  return noProxy.some((rule) => isExempt(host, rule)) ? undefined : proxy;
}

function isExempt(host: string, rule: string): boolean {
  const pattern = rule.trim().toLowerCase();
  if (pattern === '*') return true;
  const domain = pattern.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}
