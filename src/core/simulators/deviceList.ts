import { runtimeName } from './runtimeName';
import type { Simulator } from './simulator';

/**
 * Reads what `xcrun simctl list devices -j` prints, of Xcode 13 to 27 and older: only the udid, the name and the state
 * are demanded, and records without them are passed over. Lines before the JSON are, too. Booted simulators come first,
 * then those that can be booted, the one used last at the top. `undefined` when there is no list of devices in it.
 */
export function parseDeviceList(text: string): readonly Simulator[] | undefined {
  const devices = field(parseJson(text), 'devices');
  if (!isRecord(devices)) return undefined;
  return Object.entries(devices)
    .flatMap(([runtime, records]) => (Array.isArray(records) ? readRecords(runtimeName(runtime), records) : []))
    .sort(compareSimulators);
}

function readRecords(runtime: string, records: readonly unknown[]): readonly Simulator[] {
  return records.flatMap((record) => {
    const udid = text(record, 'udid');
    const name = text(record, 'name');
    const state = text(record, 'state');
    if (udid === undefined || name === undefined || state === undefined) return [];
    const availabilityError = text(record, 'availabilityError');
    const lastUsedAt = text(record, 'lastUsedAt') ?? text(record, 'lastBootedAt');
    return {
      udid,
      name,
      state,
      runtime,
      isAvailable: isAvailable(record, availabilityError),
      ...(availabilityError !== undefined && { availabilityError }),
      ...(lastUsedAt !== undefined && { lastUsedAt }),
    };
  });
}

// Xcode 10.1 and later: `"isAvailable" : true`; Xcode 10.0: `"YES"`; before: `"availability" : "(available)"`.
function isAvailable(record: unknown, availabilityError: string | undefined): boolean {
  const value = field(record, 'isAvailable') ?? field(record, 'availability');
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value === 'YES' || value === '(available)';
  return availabilityError === undefined;
}

function compareSimulators(one: Simulator, other: Simulator): number {
  return (
    rank(one) - rank(other) ||
    (other.lastUsedAt ?? '').localeCompare(one.lastUsedAt ?? '', 'en') ||
    other.runtime.localeCompare(one.runtime, 'en', { numeric: true }) ||
    one.name.localeCompare(other.name, 'en', { numeric: true })
  );
}

function rank({ state, isAvailable: available }: Simulator): number {
  if (!available) return 3;
  return state === 'Booted' ? 0 : state === 'Booting' ? 1 : 2;
}

function parseJson(printed: string): unknown {
  const start = printed.indexOf('{');
  try {
    return start < 0 ? undefined : JSON.parse(printed.slice(start));
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function field(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function text(value: unknown, key: string): string | undefined {
  const found = field(value, key);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
