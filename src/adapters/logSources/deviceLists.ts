/** A device that a tool sees, by cable or network. */
export interface ConnectedDevice {
  readonly udid: string;
  readonly name?: string;
  /** For example `26.4`. */
  readonly osVersion?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** `idevice_id -l`: a UDID a line; without `-l`, ` (USB)` or ` (Network)` follows. */
export function readIdeviceIds(stdout: string): readonly ConnectedDevice[] {
  const udids = stdout
    .split(/\r?\n/)
    .map((line) => line.trim().split(' ')[0] ?? '')
    .filter((udid) => /^[0-9A-Za-z-]{20,64}$/.test(udid));
  return [...new Set(udids)].map((udid) => ({ udid }));
}

/** `pymobiledevice3 usbmux list`: `[{"Identifier":"…","DeviceName":"My iPhone","ProductVersion":"26.4", …}]`. */
export function readUsbmuxDevices(stdout: string): readonly ConnectedDevice[] | undefined {
  const list = parseJson(stdout);
  return Array.isArray(list) ? list.flatMap(deviceOf) : undefined;
}

/** `ios list --details`: `{"deviceList":[{"Udid":"…","ProductVersion":"26.4", …}]}`; without details, of UDIDs. */
export function readGoIosDevices(stdout: string): readonly ConnectedDevice[] | undefined {
  // Warnings of its own come before.
  for (const line of stdout.split(/\r?\n/)) {
    const list = fieldsOf(parseJson(line))['deviceList'];
    if (Array.isArray(list)) return list.flatMap(deviceOf);
  }
  const list = fieldsOf(parseJson(stdout))['deviceList'];
  return Array.isArray(list) ? list.flatMap(deviceOf) : undefined;
}

function deviceOf(value: unknown): readonly ConnectedDevice[] {
  const fields = typeof value === 'string' ? { Udid: value } : fieldsOf(value);
  const udid = firstText(fields, ['Udid', 'UniqueDeviceID', 'Identifier', 'SerialNumber', 'udid']);
  const name = firstText(fields, ['DeviceName', 'ProductName', 'name']);
  const osVersion = firstText(fields, ['ProductVersion', 'version']);
  if (udid === undefined) return [];
  return [{ udid, ...(name !== undefined && { name }), ...(osVersion !== undefined && { osVersion }) }];
}

function firstText(fields: Fields, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = fields[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
