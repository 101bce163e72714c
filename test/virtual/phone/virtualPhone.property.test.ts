import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertNever } from '../../../src/core/assertNever';
import { AppBehavior, PhoneSystem } from '../../../src/core/virtualApp';
import { fc, runs } from '../../propertyRuns';
import { type PhoneRun, probeOf, runPhone, type SeenLine } from './phoneRun';

type Action =
  | { readonly kind: 'deliver'; readonly body: Uint8Array }
  | { readonly kind: 'behavior'; readonly behavior: AppBehavior }
  | { readonly kind: 'system'; readonly system: PhoneSystem }
  | { readonly kind: 'debugger'; readonly isAttached: boolean }
  | { readonly kind: 'advance'; readonly by: number }
  | { readonly kind: 'settle'; readonly body: Uint8Array }
  | { readonly kind: 'reinstall' };

const payloads = fc.oneof(
  fc.uint8Array({ maxLength: 20 }),
  fc
    .record({ id: fc.uuid(), voipPushId: fc.string() })
    .map((payload) => new TextEncoder().encode(JSON.stringify(payload))),
);

const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: payloads.map((body): Action => ({ kind: 'deliver', body })) },
  { weight: 4, arbitrary: payloads.map((body): Action => ({ kind: 'settle', body })) },
  { weight: 3, arbitrary: fc.nat(9_000_000).map((by): Action => ({ kind: 'advance', by })) },
  { weight: 2, arbitrary: fc.nat(60_000).map((by): Action => ({ kind: 'advance', by })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...Object.values(AppBehavior))
      .map((behavior): Action => ({ kind: 'behavior', behavior })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...Object.values(PhoneSystem)).map((system): Action => ({ kind: 'system', system })),
  },
  { weight: 1, arbitrary: fc.boolean().map((isAttached): Action => ({ kind: 'debugger', isAttached })) },
  { weight: 1, arbitrary: fc.constant<Action>({ kind: 'reinstall' }) },
);

describe('the phone, whatever happens to it', () => {
  it('keeps its invariants', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(actions, { minLength: 5, maxLength: 40, size: 'max' }),
        fc.nat(),
        async (sequence, seed) => {
          const run = runPhone({ seed, behavior: 'never-reports' });
          const reinstalledAt: number[] = [];
          for (const action of sequence) {
            if (action.kind === 'reinstall') reinstalledAt.push(run.lines().length);
            perform(run, action);
          }
          await run.phone.idle();
          const lines = run.lines();
          assert.equal(run.raw.length, lines.length + 1, 'every line but the first is JSON');
          checkTime(lines);
          checkProcesses(lines);
          // A report that came late counts for nothing, and survives with a debugger only: the simple count below cannot see that.
          if (!sequence.some(({ kind }) => kind === 'debugger')) checkKills(lines, reinstalledAt);
        },
      ),
      { numRuns: runs(150) },
    );
  });
});

function perform({ phone, clock }: PhoneRun, action: Action): void {
  switch (action.kind) {
    case 'deliver':
      phone.deliver(action);
      return;
    case 'settle':
      phone.deliver(action);
      clock.advance(9_000_000);
      return;
    case 'behavior':
      phone.setBehavior(action.behavior);
      return;
    case 'system':
      phone.setSystem(action.system);
      return;
    case 'debugger':
      phone.setDebuggerAttached(action.isAttached);
      return;
    case 'advance':
      clock.advance(action.by);
      return;
    case 'reinstall':
      phone.reinstall();
      return;
    default:
      assertNever(action);
  }
}

function checkTime(lines: readonly SeenLine[]): void {
  for (const [index, line] of lines.entries()) {
    assert.ok(index === 0 || line.at > (lines[index - 1]?.at ?? 0), 'time goes on with every line');
  }
}

/** From the line that says a process has started to the line that says it is gone, it is the only one that speaks. */
function checkProcesses(lines: readonly SeenLine[]): void {
  let living: number | undefined;
  const dead = new Set<number>();
  for (const line of lines) {
    // `Received state update for 4812 (app<com.example.app>, running-active-NotVisible`
    const [, pidText, state = ''] =
      /^Received state update for (\d+) \(app<com\.example\.app>, (\S+)$/.exec(line.message) ?? [];
    const pid = pidText === undefined ? undefined : Number(pidText);
    if (pid !== undefined && state === 'none-NotVisible') {
      assert.equal(pid, living, 'only a living process ends');
      dead.add(pid);
      living = undefined;
    } else if (pid !== undefined) {
      assert.ok(living === undefined || living === pid, 'one process at a time');
      assert.ok(!dead.has(pid), 'a pid is not used twice');
      living = pid;
    }
    if (line.process === 'Example') assert.equal(line.pid, living, 'only the living process speaks');
  }
}

/** After more than two kills in a row nothing is launched until the app is installed anew. */
function checkKills(lines: readonly SeenLine[], reinstalledAt: readonly number[]): void {
  let kills = 0;
  for (const [index, line] of lines.entries()) {
    if (reinstalledAt.includes(index)) kills = 0;
    const probe = probeOf(line);
    if (line.message.startsWith('Killing VoIP app') || line.message.startsWith('*** Terminating app')) kills += 1;
    if (probe?.['e'] === 'reported' && probe['error'] === undefined && kills <= 2) kills = 0;
    if (line.message.includes('will not be launched')) assert.ok(kills > 2, 'blocked after more than two kills only');
    if (line.message.startsWith('Attempting to open') && kills > 2) {
      assert.match(lines[index - 1]?.message ?? '', /delivering VOIP payload anyway/, 'a blocked app is not opened');
    }
  }
}
