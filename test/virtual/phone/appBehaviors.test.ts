import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APP_BEHAVIORS, AppBehavior, PhoneSystem } from '../../../src/core/virtualApp';
import { probesOf, runPhone } from './phoneRun';

const COLD = [
  '-393 callservicesd Received incoming APS',
  '-390 callservicesd Attempting to open',
  '-230 callservicesd Successfully launched application',
  '-230 callservicesd Successfully took out',
  '-225 callservicesd Asked to deliver',
  '-225 callservicesd Pending PushKit VoIP',
  '+0 callservicesd Registering client process',
  '+0 callservicesd Delivering 1 VoIP',
];
const RUNNING = [
  '-17 callservicesd Received incoming APS',
  '-14 callservicesd Attempting to open',
  '-5 callservicesd Successfully opened application',
  '-5 callservicesd Successfully took out',
  '+0 callservicesd Asked to deliver',
  '+0 callservicesd Delivering 1 VoIP',
];
const ADDED = 'callservicesd Received add incoming';
const KILLING = '+7000 callservicesd Killing VoIP app';
const IN_BACKGROUND = 'state=background onCall=false via=metadata';
const LEGACY = 'state=background onCall=false via=legacy';
const KIT = 'api=CallKit';
const LCK = 'api=LiveCommunicationKit';
const RECEIVED = `+12 Example received mustReport=true ${IN_BACKGROUND}`;
const RECEIVED_LEGACY = `+12 Example received ${LEGACY}`;

function exception(at: number): string[] {
  return ['Apps receving VoIP', '*** Assertion failure', '*** Terminating app'].map((text) => `+${at} Example ${text}`);
}

interface Case {
  readonly behavior: AppBehavior;
  readonly system: readonly PhoneSystem[];
  readonly debugger?: boolean;
  readonly story: readonly string[];
  readonly survives: boolean;
}

const IOS_26_4 = [PhoneSystem.ios264];
const OLDER = [PhoneSystem.older];

const CASES: readonly Case[] = [
  {
    behavior: 'reports-in-time',
    system: IOS_26_4,
    story: [
      ...COLD,
      RECEIVED,
      `+52 Example reporting ${KIT}`,
      `+56 ${ADDED}`,
      '+58 Example returned',
      `+74 Example reported ${KIT}`,
      '+76 Example completed',
      '+674 callservicesd Setting disconnected reason',
    ],
    survives: true,
  },
  {
    behavior: 'reports-in-time',
    system: OLDER,
    story: [
      ...COLD,
      RECEIVED_LEGACY,
      `+52 Example reporting ${KIT}`,
      `+56 ${ADDED}`,
      '+58 Example returned',
      `+74 Example reported ${KIT}`,
      '+76 Example completed',
      '+674 callservicesd Setting disconnected reason',
    ],
    survives: true,
  },
  {
    behavior: 'reports-after-await',
    system: IOS_26_4,
    story: [
      ...COLD,
      RECEIVED,
      '+14 Example returned async=true',
      `+362 Example reporting ${LCK}`,
      `+366 ${ADDED}`,
      `+390 Example reported ${LCK}`,
      '+392 Example completed',
      '+990 callservicesd Setting disconnected reason',
    ],
    survives: true,
  },
  {
    behavior: 'reports-after-await',
    system: OLDER,
    story: [...COLD, RECEIVED_LEGACY, '+14 Example returned', ...exception(15)],
    survives: false,
  },
  {
    behavior: 'reports-after-await',
    system: OLDER,
    debugger: true,
    story: [
      ...COLD,
      RECEIVED_LEGACY,
      '+14 Example returned',
      `+362 Example reporting ${LCK}`,
      `+366 ${ADDED}`,
      `+390 Example reported ${LCK}`,
      '+392 Example completed',
      '+990 callservicesd Setting disconnected reason',
    ],
    survives: true,
  },
  {
    behavior: 'reports-late',
    system: IOS_26_4,
    story: [...COLD, RECEIVED, KILLING, `+7020 Example reporting ${KIT}`],
    survives: false,
  },
  {
    behavior: 'reports-late',
    system: OLDER,
    story: [...COLD, RECEIVED_LEGACY, KILLING, `+7020 Example reporting ${KIT}`],
    survives: false,
  },
  {
    behavior: 'reports-late',
    system: IOS_26_4,
    debugger: true,
    story: [
      ...COLD,
      RECEIVED,
      `+7020 Example reporting ${KIT}`,
      `+7024 ${ADDED}`,
      '+7057 Example returned',
      `+7064 Example reported ${KIT}`,
      '+7066 Example completed',
    ],
    survives: true,
  },
  { behavior: 'never-reports', system: IOS_26_4, story: [...COLD, RECEIVED, KILLING], survives: false },
  { behavior: 'never-reports', system: OLDER, story: [...COLD, RECEIVED_LEGACY, KILLING], survives: false },
  {
    behavior: 'never-reports',
    system: IOS_26_4,
    debugger: true,
    story: [...COLD, RECEIVED, '+8012 Example returned', '+8014 Example completed'],
    survives: true,
  },
  {
    behavior: 'returns-early',
    system: IOS_26_4,
    story: [...COLD, RECEIVED, '+15 Example returned', ...exception(16)],
    survives: false,
  },
  {
    behavior: 'returns-early',
    system: OLDER,
    story: [...COLD, RECEIVED_LEGACY, '+15 Example returned', ...exception(16)],
    survives: false,
  },
  {
    behavior: 'returns-early',
    system: IOS_26_4,
    debugger: true,
    story: [...COLD, RECEIVED, '+15 Example returned', '+17 Example completed'],
    survives: true,
  },
  {
    behavior: 'reports-existing-call',
    system: IOS_26_4,
    story: [
      ...COLD,
      RECEIVED,
      `+52 Example reporting ${KIT}`,
      `+56 ${ADDED}`,
      '+58 Example returned',
      `+74 Example reported ${KIT} code=2`,
      '+76 Example completed',
    ],
    survives: true,
  },
  {
    behavior: 'do-not-disturb',
    system: OLDER,
    story: [
      ...COLD,
      RECEIVED_LEGACY,
      `+52 Example reporting ${KIT}`,
      `+56 ${ADDED}`,
      '+58 Example returned',
      `+74 Example reported ${KIT} code=3`,
      '+76 Example completed',
    ],
    survives: true,
  },
  {
    behavior: 'foreground',
    system: IOS_26_4,
    story: [
      ...RUNNING,
      '+12 Example received mustReport=false state=foreground onCall=false via=metadata',
      '+15 Example returned',
      '+17 Example completed',
    ],
    survives: true,
  },
  {
    behavior: 'foreground',
    system: OLDER,
    story: [
      ...RUNNING,
      '+12 Example received state=foreground onCall=false via=legacy',
      '+15 Example returned',
      '+17 Example completed',
    ],
    survives: true,
  },
  {
    behavior: 'on-call',
    system: IOS_26_4,
    story: [
      ...RUNNING,
      '+12 Example received mustReport=false state=background onCall=true via=metadata',
      '+15 Example returned',
      '+17 Example completed',
    ],
    survives: true,
  },
  {
    behavior: 'on-call',
    system: OLDER,
    story: [
      ...RUNNING,
      '+12 Example received state=background onCall=true via=legacy',
      '+15 Example returned',
      '+17 Example completed',
    ],
    survives: true,
  },
  {
    behavior: 'delivered-late',
    system: IOS_26_4,
    story: [
      ...COLD,
      `+12 Example received mustReport=false ${IN_BACKGROUND}`,
      '+15 Example returned',
      '+17 Example completed',
    ],
    survives: true,
  },
  {
    // A late delivery is no excuse that older systems are documented to know.
    behavior: 'delivered-late',
    system: OLDER,
    story: [...COLD, RECEIVED_LEGACY, '+15 Example returned', ...exception(16)],
    survives: false,
  },
  {
    behavior: 'logged-out',
    system: IOS_26_4,
    story: [...COLD, RECEIVED, '+13 Example returned', ...exception(14)],
    survives: false,
  },
];

describe('what each behavior says in the log', () => {
  for (const { behavior, system: systems, debugger: debuggerAttached = false, story, survives } of CASES) {
    for (const system of systems) {
      it(`${behavior} on ${system}${debuggerAttached ? ' with a debugger' : ''}`, async () => {
        const run = runPhone({ behavior, system, debuggerAttached });
        await run.push();
        assert.deepEqual(run.story(), story);
        const [ofApp] = run.lines().filter(({ process }) => process === 'Example');
        run.phone.setBehavior('reports-in-time');
        await run.push();
        const later = run
          .lines()
          .filter(({ process }) => process === 'Example')
          .at(-1);
        assert.equal(later?.pid === ofApp?.pid, survives, 'a surviving app keeps its pid');
      });
    }
  }

  it('covers every behavior', () => {
    const covered = new Set(CASES.map(({ behavior }) => behavior));
    assert.deepEqual([...covered].sort(), Object.values(AppBehavior).sort());
    assert.deepEqual(Object.keys(APP_BEHAVIORS).sort(), Object.values(AppBehavior).sort());
  });
});

describe('details of the log', () => {
  it('decides the second check exactly 7 s after the delivery, and the process is gone 50 ms later', async () => {
    const run = runPhone({ behavior: 'never-reports' });
    await run.push();
    const at = (start: string) => run.lines().find(({ message }) => message.startsWith(start))?.at ?? Number.NaN;
    assert.equal(at('Killing VoIP app') - at('Delivering'), 7_000_000);
    const gone = run.lines().find(({ message }) => message.includes('none-NotVisible'))?.at ?? Number.NaN;
    assert.equal(gone - at('Killing VoIP app'), 50_000);
  });

  it('names app, push and call in every probe line', async () => {
    const run = runPhone({ behavior: 'do-not-disturb' });
    await run.push({ id: CALL_UPPER, voipPushId: 'push-7' });
    const probes = probesOf(run.lines());
    assert.equal(probes.length, 5);
    for (const probe of probes) {
      assert.deepEqual(
        [probe['app'], probe['push'], probe['call']],
        ['com.example.app', 'push-7', CALL_UPPER.toLowerCase()],
      );
    }
    const reported = probes.find(({ e }) => e === 'reported');
    assert.deepEqual(reported?.['error'], {
      domain: 'com.apple.CallKit.error.incomingcall',
      code: 3,
      text: 'The operation couldn’t be completed. (com.apple.CallKit.error.incomingcall error 3.)',
    });
    const added = run.lines().find(({ message }) => message.startsWith('Received add incoming call request'));
    assert.match(
      added?.message ?? '',
      new RegExp(`bundleIdentifier=com\\.example\\.app> with UUID ${CALL_UPPER} update <`),
    );
  });

  it('makes up a call when the payload names none', async () => {
    const run = runPhone();
    await run.push({ id: 'no-uuid' });
    const calls = probesOf(run.lines()).map(({ e, call }) => [e, typeof call]);
    assert.deepEqual(calls, [
      ['received', 'undefined'],
      ['reporting', 'string'],
      ['returned', 'string'],
      ['reported', 'string'],
      ['completed', 'string'],
    ]);
  });

  it('holds a late delivery in the network', async () => {
    const run = runPhone({ behavior: 'delivered-late' });
    const sentAt = run.clock.now();
    await run.push();
    const arrived = run.lines().find(({ message }) => message.startsWith('Received incoming APS'))?.at ?? Number.NaN;
    assert.equal(arrived - sentAt, 12_000_000);
  });
});

const CALL_UPPER = '6B29FC40-CA47-1067-B31D-00DD010662DA';
