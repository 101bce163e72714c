import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDeviceList } from '../../../src/core/simulators/deviceList';
import { runtimeName } from '../../../src/core/simulators/runtimeName';
import { type Simulator, simulatorProblem } from '../../../src/core/simulators/simulator';
import { fc } from '../../propertyRuns';
import { deviceRecord } from '../../standIns/xcrun';

const RUNTIME = 'com.apple.CoreSimulator.SimRuntime';
const A = 'AAAAAAAA-0000-4000-8000-000000000001';
const B = 'BBBBBBBB-0000-4000-8000-000000000002';
const C = 'CCCCCCCC-0000-4000-8000-000000000003';
const D = 'DDDDDDDD-0000-4000-8000-000000000004';

interface Case {
  readonly name: string;
  readonly devices: unknown;
  /** name, runtime, state, available or why not, last used. */
  readonly expected: readonly string[] | undefined;
}

const CASES: readonly Case[] = [
  {
    name: 'Xcode 26: booted first, then the one booted last, then the newest runtime',
    devices: {
      [`${RUNTIME}.iOS-9-3`]: [deviceRecord(A, 'iPhone 6s', 'Shutdown')],
      [`${RUNTIME}.iOS-26-4`]: [
        deviceRecord(B, 'iPhone 17', 'Shutdown'),
        deviceRecord(C, 'iPhone 17 Pro', 'Booted', { lastBootedAt: '2026-08-24T12:46:46Z' }),
      ],
      [`${RUNTIME}.iOS-26-1`]: [deviceRecord(D, 'iPhone Air', 'Shutdown', { lastBootedAt: '2026-04-29T18:29:03Z' })],
    },
    expected: [
      'iPhone 17 Pro | iOS 26.4 | Booted | available | 2026-08-24T12:46:46Z',
      'iPhone Air | iOS 26.1 | Shutdown | available | 2026-04-29T18:29:03Z',
      'iPhone 17 | iOS 26.4 | Shutdown | available |',
      'iPhone 6s | iOS 9.3 | Shutdown | available |',
    ],
  },
  {
    name: 'Xcode 27: lastUsedAt, and fields nobody knows yet',
    devices: {
      [`${RUNTIME}.iOS-27-0`]: [
        deviceRecord(A, 'iPhone 18', 'Booted', { lastUsedAt: '2026-10-01T00:00:00Z', properties: { reality: 1 } }),
      ],
    },
    expected: ['iPhone 18 | iOS 27.0 | Booted | available | 2026-10-01T00:00:00Z'],
  },
  {
    name: 'unavailable ones come last, with their reason',
    devices: {
      [`${RUNTIME}.iOS-15-4`]: [
        deviceRecord(A, 'iPhone 8', 'Shutdown', { isAvailable: false, availabilityError: 'runtime profile not found' }),
      ],
      [`${RUNTIME}.xrOS-26-0`]: [deviceRecord(B, 'Apple Vision Pro', 'Creating')],
    },
    expected: [
      'Apple Vision Pro | visionOS 26.0 | Creating | available |',
      'iPhone 8 | iOS 15.4 | Shutdown | runtime profile not found |',
    ],
  },
  {
    name: 'the shapes of old versions: readable runtimes, availability in words',
    devices: {
      'iOS 12.0': [{ udid: A, name: 'iPhone 5s', state: 'Shutdown', availability: '(available)' }],
      'iOS 11.4': [
        { udid: B, name: 'iPhone 5', state: 'Shutdown', availability: '(unavailable, runtime profile not found)' },
      ],
      'iOS 10.3': [{ udid: C, name: 'iPhone SE', state: 'Shutdown', isAvailable: 'YES' }],
    },
    expected: [
      'iPhone 5s | iOS 12.0 | Shutdown | available |',
      'iPhone SE | iOS 10.3 | Shutdown | available |',
      'iPhone 5 | iOS 11.4 | Shutdown | unavailable |',
    ],
  },
  {
    name: 'what is no record is passed over',
    devices: { [`${RUNTIME}.iOS-26-4`]: [null, 3, {}, { udid: A, name: 'no state' }], other: 'text', empty: [] },
    expected: [],
  },
  { name: 'no list of devices', devices: [], expected: undefined },
];

const line = ({ name, runtime, state, isAvailable, availabilityError, lastUsedAt }: Simulator): string =>
  [name, runtime, state, isAvailable ? 'available' : (availabilityError ?? 'unavailable'), lastUsedAt ?? '']
    .join(' | ')
    .trim();

describe('the list of simulators', () => {
  for (const { name, devices, expected } of CASES) {
    it(name, () => {
      assert.deepEqual(parseDeviceList(JSON.stringify({ devices }, undefined, 2))?.map(line), expected);
    });
  }

  it('is found behind lines that are no JSON', () => {
    assert.deepEqual(parseDeviceList('Install Started\n{"devices":{}}'), []);
  });

  it('never throws, and knows nothing where there is nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const list = parseDeviceList(text);
        assert.ok(list === undefined || Array.isArray(list));
      }),
    );
  });

  it('loses no record, whatever else is in it, and sorts the same every time', () => {
    const record = fc.record({
      udid: fc.uuid(),
      name: fc.string({ minLength: 1 }),
      state: fc.constantFrom('Booted', 'Shutdown', 'Booting', 'Shutting Down', 'Creating', 'Melting'),
      isAvailable: fc.oneof(fc.boolean(), fc.constant(undefined)),
      extra: fc.jsonValue(),
    });
    const devices = fc.dictionary(fc.stringMatching(/^[A-Za-z.-]{1,20}$/), fc.array(record));
    fc.assert(
      fc.property(devices, (known) => {
        const list = parseDeviceList(JSON.stringify({ devices: known })) ?? [];
        const wanted = Object.values(known).flat();
        assert.deepEqual(list.map(({ udid }) => udid).sort(), wanted.map(({ udid }) => udid).sort());
        const ranks = list.map(({ isAvailable, state }) => (isAvailable ? (state === 'Booted' ? 0 : 1) : 2));
        assert.deepEqual(ranks, ranks.toSorted());
      }),
    );
  });
});

describe('the name of a runtime', () => {
  const names: readonly (readonly [string, string])[] = [
    [`${RUNTIME}.iOS-26-4`, 'iOS 26.4'],
    [`${RUNTIME}.iOS-17-0-1`, 'iOS 17.0.1'],
    [`${RUNTIME}.xrOS-2-0`, 'visionOS 2.0'],
    [`${RUNTIME}.watchOS-11-5`, 'watchOS 11.5'],
    ['iOS 12.1', 'iOS 12.1'],
    ['com.example.SomethingElse', 'com.example.SomethingElse'],
    ['', ''],
  ];
  for (const [identifier, name] of names)
    it(`${identifier} is ${name}`, () => assert.equal(runtimeName(identifier), name));
});

describe('what keeps a simulator from taking a push', () => {
  const booted: Simulator = { udid: A, name: 'iPhone 17', state: 'Booted', isAvailable: true, runtime: 'iOS 26.4' };
  const cases: readonly (readonly [string, Partial<Simulator>, RegExp | undefined])[] = [
    ['booted', {}, undefined],
    ['shut down', { state: 'Shutdown' }, /Shut down\. .*simctl boot AAAA/],
    ['on its way', { state: 'Shutting Down' }, /state is Shutting Down\. Wait/],
    ['a state nobody knows', { state: 'Melting' }, /state is Melting/],
    [
      'unavailable',
      { isAvailable: false, availabilityError: 'runtime profile not found' },
      /runtime profile not found\. Install the iOS 26\.4 runtime/,
    ],
    ['unavailable without a reason', { isAvailable: false }, /does not say why\. Install/],
  ];
  for (const [name, change, expected] of cases) {
    it(name, () => {
      const problem = simulatorProblem({ ...booted, ...change });
      if (expected === undefined) assert.equal(problem, undefined);
      else assert.match(`${problem?.message} ${problem?.remedy}`, expected);
    });
  }
});
