import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createApnsClient } from '../../src/adapters/apns/apnsClient';
import { ExpectedFailure } from '../../src/ui/expectedFailure';
import { sendPush } from '../../src/ui/sendPush';
import type { VirtualSettings } from '../../src/ui/settings';
import { createTimelineSession, type TimelineSession } from '../../src/ui/timelineSession';
import { createVirtualIphone, type VirtualIphone, type VirtualIphoneOptions } from '../../src/ui/virtualIphone';
import { startVirtualTarget } from '../../src/virtual/virtualTarget';

interface Phone {
  readonly virtualIphone: VirtualIphone;
  readonly session: TimelineSession;
  /** How often something was started. */
  readonly starts: () => number;
  set(settings: Partial<VirtualSettings>): void;
  /** Sends a push and waits for what becomes of it. */
  send(): Promise<string | undefined>;
}

async function withPhone(
  use: (phone: Phone) => Promise<void>,
  more: Partial<VirtualIphoneOptions> = {},
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'virtual-iphone-'));
  const now = (): number => Date.now() * 1000;
  const session = createTimelineSession({ now, judging: () => ({}) });
  let starts = 0;
  let settings: VirtualSettings = {
    behavior: 'reports-in-time',
    system: 'ios-26.4',
    debuggerAttached: false,
    timeScale: 50,
    bundleId: 'com.example.app',
  };
  const virtualIphone = createVirtualIphone({
    folder,
    settings: () => settings,
    session,
    startVirtualTarget,
    createApnsClient: async (options) => createApnsClient(options),
    requirePermission: () => undefined,
    showStarting: () => {
      starts += 1;
    },
    ...more,
  });
  try {
    await use({
      virtualIphone,
      session,
      starts: () => starts,
      set(changed) {
        settings = { ...settings, ...changed };
        virtualIphone.applySettings();
      },
      async send() {
        const prepared = await virtualIphone.prepare();
        const payload = JSON.stringify({ aps: {}, uuid: randomUUID() });
        const told: string[] = [];
        const onSent = (deliveryId: string) =>
          told.push(`${deliveryId} ${session.timeline.deliveries.at(-1)?.delivery.id}`);
        const { deliveryId } = await sendPush(
          { target: virtualIphone, prepared, payload },
          { session, now, newUuid: randomUUID, onSent },
        );
        assert.deepEqual(told, [`${deliveryId} ${deliveryId}`]);
        await virtualIphone.idle();
        return session.timeline.deliveries.at(-1)?.verdict.kind;
      },
    });
  } finally {
    await virtualIphone.close();
    session.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

describe('virtual iPhone as a target', () => {
  it('starts once, when it is first needed', () =>
    withPhone(async ({ virtualIphone, starts }) => {
      assert.deepEqual([virtualIphone.logHealth, starts()], [{ state: 'off' }, 0]);
      const prepared = [virtualIphone.prepare(), virtualIphone.prepare()];
      assert.deepEqual(virtualIphone.logHealth, { state: 'starting' });
      const [one, other] = await Promise.all(prepared);
      assert.deepEqual([one, starts()], [other, 1]);
      assert.deepEqual(virtualIphone.logHealth, { state: 'watching' });
    }));

  it('follows its settings from one sending to the next', () =>
    withPhone(async ({ set, send, starts }) => {
      assert.equal(await send(), 'reported');
      set({ behavior: 'never-reports' });
      assert.equal(await send(), 'killed');
      assert.equal(starts(), 1);
    }));

  it('starts anew for another app', () =>
    withPhone(async ({ set, send, session, starts }) => {
      assert.equal(await send(), 'reported');
      set({ bundleId: 'com.example.other' });
      assert.equal(await send(), 'reported');
      assert.equal(starts(), 2);
      assert.deepEqual(
        session.timeline.deliveries.map(({ delivery }) => delivery.received?.bundleId),
        ['com.example.app', 'com.example.other'],
      );
    }));

  it('gets a new token with a new installation', () =>
    withPhone(async ({ virtualIphone }) => {
      const before = await virtualIphone.prepare();
      await virtualIphone.reinstallApp();
      assert.notEqual((await virtualIphone.prepare()).deviceToken, before.deviceToken);
    }));

  it('ends its log when it is closed, and keeps whole tokens out of the events', () =>
    withPhone(async ({ virtualIphone, session, send }) => {
      await send();
      const { deviceToken } = await virtualIphone.prepare();
      await virtualIphone.close();
      assert.equal(session.events.at(-1)?.kind, 'source.ended');
      assert.deepEqual(virtualIphone.logHealth, { state: 'off' });
      assert.ok(!JSON.stringify(session.events).includes(deviceToken));
    }));

  it('says why it could not start, and tries again the next time', async () => {
    let attempts = 0;
    await withPhone(
      async ({ virtualIphone, send }) => {
        await assert.rejects(virtualIphone.prepare(), (error) => {
          return error instanceof ExpectedFailure && /could not start: the disk is full/.test(error.message);
        });
        assert.deepEqual(virtualIphone.logHealth, { state: 'failed', why: 'the disk is full' });
        assert.equal(await send(), 'reported');
      },
      {
        startVirtualTarget: async (options) => {
          attempts += 1;
          if (attempts === 1) throw new Error('the disk is full');
          return await startVirtualTarget(options);
        },
      },
    );
  });

  it('starts nothing without permission', () =>
    withPhone(
      async ({ virtualIphone }) => {
        await assert.rejects(virtualIphone.prepare(), /restricted/);
        assert.deepEqual(virtualIphone.logHealth, { state: 'off' });
      },
      {
        requirePermission: () => {
          throw new ExpectedFailure('restricted');
        },
      },
    ));
});
