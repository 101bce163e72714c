import type { Options } from './situation';

/** A crash report as iOS writes it: a line of JSON, then JSON over many lines; `as-text` in the older form. */
export function crashText(at: number, what: string, options: Options): string {
  const seconds = Math.floor(at / 1_000_000);
  const date = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const captureTime = `${date}.${String(at - seconds * 1_000_000)
    .padStart(6, '0')
    .slice(0, 4)} +0000`;
  const bundleId = options['app'] ?? 'com.example.app';
  const pid = Number(options['pid'] ?? 100);
  if (options['as-text'] !== undefined) return textReport(captureTime, bundleId, pid, what);
  const header = { app_name: 'Example', timestamp: `${date}.00 +0000`, bug_type: '309', bundleID: bundleId };
  const body = {
    uptime: 1000,
    procLaunch: `${date}.0000 +0000`,
    captureTime,
    procName: 'Example',
    pid,
    bundleInfo: { CFBundleShortVersionString: '1.0', CFBundleIdentifier: bundleId },
    ...ENDS[what],
  };
  return `${JSON.stringify(header)}\n${JSON.stringify(body, undefined, 2)}\n`;
}

const ENDS: Readonly<Record<string, object>> = {
  '0xbaadca11': {
    exception: { codes: '0x0000000000000000, 0x0000000000000000', type: 'EXC_CRASH', signal: 'SIGKILL' },
    termination: {
      flags: 6,
      code: 3131951633,
      namespace: 'FRONTBOARD',
      reasons: ['<RBSTerminateContext| domain:10 code:0xBAADCA11 explanation:<none> reportType:CrashLog>'],
    },
  },
  exception: {
    exception: { type: 'EXC_CRASH', signal: 'SIGABRT' },
    termination: { flags: 0, code: 6, namespace: 'SIGNAL', indicator: 'Abort trap: 6' },
    asi: { 'libsystem_c.dylib': ['abort() called'] },
    lastExceptionBacktrace: [
      { imageOffset: 1, symbol: '__exceptionPreprocess', imageIndex: 1 },
      { imageOffset: 2, symbol: '-[PKPushRegistry _terminateAppIfThereAreUnhandledVoIPPushes]', imageIndex: 2 },
    ],
  },
  other: {
    exception: { type: 'EXC_BAD_ACCESS', signal: 'SIGSEGV' },
    termination: { flags: 0, code: 11, namespace: 'SIGNAL', indicator: 'Segmentation fault: 11' },
  },
};

function textReport(captureTime: string, bundleId: string, pid: number, what: string): string {
  const isKill = what === '0xbaadca11';
  return [
    'Incident Identifier: 6156848E-344E-4D9E-84E0-87AFD0D0AE7B',
    'Hardware Model:      iPhone12,1',
    `Process:             Example [${pid}]`,
    `Identifier:          ${bundleId}`,
    `Date/Time:           ${captureTime}`,
    '',
    `Exception Type:  EXC_CRASH (${isKill ? 'SIGKILL' : 'SIGABRT'})`,
    ...(isKill ? ['Termination Reason: FRONTBOARD 0xbaadca11 '] : []),
    ...(what === 'exception'
      ? [
          'Last Exception Backtrace:',
          '2   PushKit  0x1 -[PKPushRegistry _terminateAppIfThereAreUnhandledVoIPPushes] + 1',
        ]
      : []),
  ].join('\n');
}
