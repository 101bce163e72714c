import { ndjsonLine } from '../logLines';

/** A line of a log in each of the formats that are understood; `at` in microseconds, two hours ahead of UTC. */
export const STYLED_LINES: Readonly<Record<string, (at: number, message: string) => string>> = {
  ndjson: (at, eventMessage) => ndjsonLine(at, record(eventMessage)),
  compact: (at, message) => `${time(at, 3)} Df Example[1234:17e385] [com.example.app:voip-push] ${message}`,
  default: (at, message) =>
    `${time(at, 6)}+0200 0x17e385   Default     0x0                  1234   0    Example: (Foundation) [com.example.app:voip-push] ${message}`,
  syslog: (at, message) =>
    `${time(at, 6)}+0200  localhost Example[1234]: (Foundation) [com.example.app:voip-push] <Notice>: ${message}`,
  idevicesyslog: (at, message) => `${yearless(at, 6)} Example(Foundation)[1234] <Notice>: ${message}`,
  'idevicesyslog --syslog-relay': (at, message) =>
    `${yearless(at, 0)} My-iPhone Example(Foundation)[1234] <Notice>: ${message}`,
  'pymobiledevice3 --format json': (at, message) =>
    JSON.stringify({
      pid: 1234,
      procid: 1,
      timestamp: time(at, 6).replace(' ', 'T'),
      level: 'NOTICE',
      image_name: '/usr/lib/Foundation',
      filename: '/private/var/Example.app/Example',
      message,
      label: { subsystem: 'com.example.app', category: 'voip-push' },
    }),
  'pymobiledevice3 --label': (at, message) =>
    `${time(at, 6)} Example{Foundation[0x1f0]}[1234] <NOTICE>: ${message} [com.example.app][voip-push]`,
  'ios ostrace': (at, message) =>
    goJson({
      pid: 1234,
      timestamp: `${time(at, 6).replace(' ', 'T')}+02:00`,
      levelName: 'Default',
      imageName: '/usr/lib/Foundation',
      filename: '/private/var/Example.app/Example',
      message,
    }),
  'ios syslog --parse': (at, message) =>
    goJson({
      timestamp: time(at, 0).replace(' ', 'T'),
      device: 'iPhone',
      process: 'Example(Foundation)',
      pid: '1234',
      level: 'Notice',
      message,
    }),
  'ios syslog': (at, message) =>
    goJson({ msg: `${yearless(at, 0)} iPhone Example(Foundation)[1234] <Notice>: ${message}\n` }),
  Console: (at, message) => `default\t${time(at, 6).slice(11)}+0200\tExample\t${message}`,
};

/** Records as `log show --style json` prints them: an array over many lines, slashes escaped. */
export function prettyJson(lines: readonly string[]): string {
  const objects = lines.map((line) => JSON.stringify(JSON.parse(line), undefined, 2).replaceAll('/', '\\/'));
  return `[${objects.join(',').replaceAll('":', '" :')}]\n`;
}

function record(eventMessage: string) {
  return {
    traceID: 123_456_789,
    eventMessage,
    subsystem: 'com.example.app',
    category: 'voip-push',
    threadID: 5678,
    senderImagePath: '/usr/lib/Foundation',
    processImagePath: '/private/var/containers/Bundle/Application/0/Example.app/Example',
    processID: 1234,
    backtrace: { frames: [{ imageOffset: 1, imageUUID: '6156848E-344E-4D9E-84E0-87AFD0D0AE7B' }] },
  };
}

/** As Go encodes JSON: what HTML would understand is escaped. */
function goJson(value: object): string {
  return JSON.stringify(value).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

function time(at: number, digits: number): string {
  const local = new Date(at / 1000 + 2 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  return digits === 0
    ? local
    : `${local}.${String(at % 1_000_000)
        .padStart(6, '0')
        .slice(0, digits)}`;
}

function yearless(at: number, digits: number): string {
  const [, month = '', day = '', rest = ''] = /^\d{4}-(\d\d)-(\d\d) (.*)$/.exec(time(at, digits)) ?? [];
  const name = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(month) - 1];
  return `${name} ${String(Number(day)).padStart(2)} ${rest}`;
}
