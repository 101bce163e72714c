import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CALL, type PhoneRun, probeOf, probesOf, runPhone, type SeenLine } from './phoneRun';

const KILLS = ['Killing VoIP app', '*** Terminating app'];
const BLOCKED = 'failed to report an incoming call too many times';
const HEARTBEAT = 'com.apple.chronod';

describe('the block after repeated violations', () => {
  it('comes with the fourth push, whichever check ended the app', async () => {
    const run = runPhone({ behavior: 'never-reports' });
    await run.push();
    run.phone.setBehavior('returns-early');
    await run.push();
    await run.push();
    assert.equal(count(run, ...KILLS), 3);
    assert.equal(count(run, BLOCKED), 0);
    const before = run.lines().length;
    await run.push();
    const since = words(run.lines().slice(before));
    assert.deepEqual(since, [
      'Received incoming APS',
      'Application <CSDVoIPApplication bundleIdentifier=com.example.app will not be launched because it failed to report an incoming call too many times (or repeatedly crashed.)',
      'heartbeat',
    ]);
  });

  it('delivers all the same to an app in the foreground', async () => {
    const run = await blockedPhone();
    run.phone.setBehavior('foreground');
    const before = run.lines().length;
    await run.push();
    const since = words(run.lines().slice(before));
    assert.equal(
      since.find((text) => text.startsWith('Application')),
      'Application <CSDVoIPApplication bundleIdentifier=com.example.app will not be launched because it failed to report an incoming call too many times or repeatedly crashed. However because the app is foreground, delivering VOIP payload anyway.',
    );
    assert.ok(since.includes('received'));
  });

  it('ends with a reinstall, which gives another token', async () => {
    const run = await blockedPhone();
    const old = run.phone.deviceToken;
    assert.deepEqual(run.phone.tokenState(old.toUpperCase()), { kind: 'active', bundleId: 'com.example.app' });
    run.phone.setBehavior('reports-in-time');
    run.phone.reinstall();
    assert.notEqual(run.phone.deviceToken, old);
    assert.match(run.phone.deviceToken, /^[0-9a-f]{64}$/);
    assert.deepEqual(run.phone.tokenState(old), {
      kind: 'unregistered',
      sinceMs: Math.floor(run.clock.now() / 1000),
    });
    assert.deepEqual(run.phone.tokenState('ab'.repeat(32)), { kind: 'unknown' });
    await run.push();
    assert.equal(count(run, BLOCKED), 1);
    assert.equal(probes(run).filter((e) => e === 'reported').length, 1);
  });

  const counting: readonly [
    title: string,
    between: Parameters<PhoneRun['phone']['setBehavior']>[0],
    isBlocked: boolean,
  ][] = [
    ['a good report clears the count', 'reports-in-time', false],
    ['a report from a task clears the count', 'reports-after-await', false],
    ['a push that needs no report leaves the count', 'foreground', true],
    ['a report that CallKit refused leaves the count', 'do-not-disturb', true],
  ];
  for (const [title, between, isBlocked] of counting) {
    it(title, async () => {
      const run = runPhone({ behavior: 'logged-out' });
      await run.push();
      await run.push();
      run.phone.setBehavior(between);
      await run.push();
      run.phone.setBehavior('logged-out');
      await run.push();
      await run.push();
      assert.equal(count(run, BLOCKED) > 0, isBlocked);
    });
  }

  it('counts nothing while a debugger is attached', async () => {
    const run = runPhone({ behavior: 'never-reports', debuggerAttached: true });
    for (let push = 0; push < 5; push += 1) await run.push();
    assert.equal(count(run, ...KILLS, BLOCKED), 0);
    assert.equal(probes(run).filter((e) => e === 'returned').length, 5);
    run.phone.setDebuggerAttached(false);
    await run.push();
    assert.equal(count(run, ...KILLS), 1);
  });
});

describe('pushes that overlap', () => {
  it('hold each other up in the main queue, and die with one kill', async () => {
    const run = runPhone({ behavior: 'never-reports' });
    deliver(run, 'first');
    run.clock.advance(3_000_000);
    deliver(run, 'second');
    await run.phone.idle();
    assert.equal(count(run, 'Delivering 1 VoIP payload(s)'), 2);
    assert.deepEqual(received(run), ['first']);
    assert.equal(count(run, ...KILLS), 1);
  });

  it('wait for the same launch and are delivered together', async () => {
    const run = runPhone();
    deliver(run, 'first');
    run.clock.advance(50_000);
    deliver(run, 'second');
    await run.phone.idle();
    assert.equal(count(run, 'Successfully launched application'), 2);
    assert.equal(count(run, 'Registering client process'), 1);
    assert.equal(count(run, 'Delivering 2 VoIP payload(s)'), 1);
    assert.deepEqual(received(run), ['first', 'second']);
    assert.equal(probes(run).filter((e) => e === 'reported').length, 2);
  });

  it('are each judged by their own report when the app answers from tasks', async () => {
    const run = runPhone({ behavior: 'reports-after-await' });
    deliver(run, 'first');
    run.clock.advance(450_000);
    deliver(run, 'second');
    await run.phone.idle();
    const order = probesOf(run.lines()).map(({ e, push }) => `${String(push)} ${String(e)}`);
    assert.ok(order.indexOf('second received') < order.indexOf('first reporting'), order.join(', '));
    assert.equal(count(run, ...KILLS), 0);
  });

  it('reach a new process when the old one is going down', async () => {
    const run = runPhone({ behavior: 'never-reports' });
    deliver(run, 'first');
    // 393 ms to the delivery, 7 s to the kill: 20 ms later the process is still there.
    run.clock.advance(7_413_500);
    run.phone.setBehavior('reports-in-time');
    deliver(run, 'second');
    await run.phone.idle();
    const pids = run.lines().flatMap((line) => (probeOf(line)?.['e'] === 'received' ? [line.pid] : []));
    assert.deepEqual(received(run), ['first', 'second']);
    assert.notEqual(pids[0], pids[1]);
  });

  it('overtake a push that the network holds', async () => {
    const run = runPhone({ behavior: 'delivered-late' });
    deliver(run, 'held');
    run.phone.setBehavior('reports-in-time');
    deliver(run, 'quick');
    await run.phone.idle();
    assert.deepEqual(received(run), ['quick', 'held']);
  });
});

describe('a phone in any state', () => {
  const bodies: readonly [title: string, body: Uint8Array][] = [
    ['nothing', new Uint8Array()],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe, 0, 0x80)],
    ['no JSON', new TextEncoder().encode('{"id":')],
    ['an array', new TextEncoder().encode('[1]')],
    ['a deep nest', new TextEncoder().encode('['.repeat(20_000))],
  ];
  for (const [title, body] of bodies) {
    it(`takes ${title} as an empty payload`, async () => {
      const run = runPhone();
      run.phone.deliver({ body });
      await run.phone.idle();
      const [first] = probesOf(run.lines());
      assert.deepEqual(first, {
        e: 'received',
        app: 'com.example.app',
        mustReport: true,
        state: 'background',
        onCall: false,
        via: 'metadata',
      });
    });
  }

  it('says something well after every deadline', async () => {
    const run = await blockedPhone();
    run.phone.setDebuggerAttached(true);
    run.phone.reinstall();
    deliver(run, 'first');
    run.clock.advance(1_000_000);
    deliver(run, 'second');
    await run.phone.idle();
    const lines = run.lines();
    const last = lines.at(-1);
    const decisive = lines.filter((line) => probeOf(line)?.['e'] === 'received' || line.message.includes(BLOCKED));
    assert.equal(decisive.length, 6);
    for (const { at } of decisive) {
      const beats = lines.filter((line) => line.message.includes(HEARTBEAT) && line.at >= at + 7_500_000);
      assert.ok((beats[0]?.at ?? Number.POSITIVE_INFINITY) < at + 9_500_000, 'a heartbeat soon after the deadline');
    }
    assert.ok(last?.message.includes(HEARTBEAT));
  });

  it('forgets pushes on their way when the app is removed', async () => {
    const run = runPhone({ behavior: 'never-reports' });
    deliver(run, 'first');
    run.clock.advance(5_000_000);
    deliver(run, 'second');
    run.clock.advance(1_000);
    run.phone.reinstall();
    await run.phone.idle();
    assert.deepEqual(received(run), ['first']);
    assert.equal(count(run, ...KILLS), 0);
    assert.equal(count(run, 'Requesting token for topic com.example.app.voip'), 1);
  });

  it('says nothing any more once it is closed', async () => {
    const run = runPhone({ behavior: 'never-reports' });
    deliver(run, 'first');
    run.clock.advance(2_000_000);
    run.phone.close();
    const before = run.raw.length;
    deliver(run, 'second');
    run.phone.reinstall();
    run.phone.close();
    run.clock.advance(60_000_000);
    await run.phone.idle();
    assert.equal(run.raw.length, before);
  });

  it('repeats itself with the same seed only', async () => {
    const record = async (seed: number) => {
      const run = runPhone({ seed, behavior: 'never-reports' });
      await run.push();
      return run.raw;
    };
    assert.deepEqual(await record(7), await record(7));
    assert.notDeepEqual(await record(7), await record(8));
    assert.notEqual(runPhone().phone.deviceToken, runPhone({ bundleId: 'com.example.other' }).phone.deviceToken);
  });
});

async function blockedPhone(): Promise<PhoneRun> {
  const run = runPhone({ behavior: 'logged-out' });
  for (let push = 0; push < 4; push += 1) await run.push();
  assert.equal(count(run, BLOCKED), 1);
  return run;
}

function deliver(run: PhoneRun, push: string): void {
  run.phone.deliver({ body: new TextEncoder().encode(JSON.stringify({ id: CALL, voipPushId: push })) });
}

function count(run: PhoneRun, ...texts: readonly string[]): number {
  return run.lines().filter(({ message }) => texts.some((text) => message.includes(text))).length;
}

function probes(run: PhoneRun): unknown[] {
  return probesOf(run.lines()).map(({ e }) => e);
}

function received(run: PhoneRun): unknown[] {
  return probesOf(run.lines()).flatMap(({ e, push }) => (e === 'received' ? [push] : []));
}

/** The gist of lines: the app's description shortened, probe lines by their event, noise about the app left out. */
function words(lines: readonly SeenLine[]): string[] {
  return lines.flatMap((line) => {
    const probe = probeOf(line);
    if (probe !== undefined) return [String(probe['e'])];
    if (line.message.includes(HEARTBEAT)) return ['heartbeat'];
    if (line.process !== 'callservicesd') return [];
    if (line.message.startsWith('Received incoming')) return ['Received incoming APS'];
    return [line.message.replace(/ 0x\w+ (bundleIdentifier=\S+) .*?pendingNetworkExtensionContextsCount=0>/, ' $1')];
  });
}
