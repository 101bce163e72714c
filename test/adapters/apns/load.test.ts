import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createApnsClient } from '../../../src/adapters/apns/apnsClient';
import type { PushOutcome } from '../../../src/core/ports';
import type { FaultAction } from '../../../src/virtual/localApns/fault';
import { type LocalApns, startLocalApns } from '../../../src/virtual/localApns/localApns';
import { push } from './sending';

interface Load {
  readonly outcomes: readonly PushOutcome[];
  /** How often each push was accepted over there, by its number. */
  readonly received: readonly number[];
}

/** What may come of a push when this happens to one in `every`; any other end is a loss. */
interface Trouble {
  readonly action: FaultAction;
  readonly every: number;
  /** `accepted`, or a reason, or the code of a failure. */
  readonly ends: readonly string[];
}

const TROUBLES: Readonly<Record<string, Trouble>> = {
  'graceful GOAWAYs': { action: { kind: 'goaway' }, every: 400, ends: ['accepted'] },
  'GOAWAYs that leave pushes unprocessed': {
    action: { kind: 'goaway-unprocessed' },
    every: 1000,
    // Refused a second time, it is given back to the user; what the lost connection had in flight is unknown.
    ends: ['accepted', 'not-processed', 'connection-lost'],
  },
  'refused streams': { action: { kind: 'refuse' }, every: 400, ends: ['accepted', 'not-processed'] },
  'dropped connections': { action: { kind: 'drop' }, every: 1000, ends: ['accepted', 'connection-lost'] },
  'reset streams': { action: { kind: 'reset' }, every: 100, ends: ['accepted', 'stream-reset'] },
  shutdowns: { action: { kind: 'shutdown' }, every: 400, ends: ['accepted', 'Shutdown', 'not-processed'] },
  '503 for every third': {
    action: { kind: 'answer', status: 503, reason: 'ServiceUnavailable' },
    every: 2,
    ends: ['accepted', 'ServiceUnavailable'],
  },
};

const endOf = (outcome: PushOutcome): string => {
  if (outcome.kind === 'accepted') return 'accepted';
  return outcome.kind === 'rejected' ? (outcome.reason ?? String(outcome.status)) : outcome.code;
};

describe('under load', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'voip-push-load-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function load(count: number, trouble?: Trouble): Promise<Load> {
    const received = Array<number>(count).fill(0);
    let taken = 0;
    const apns: LocalApns = await startLocalApns({
      folder,
      tokenState: () => ({ kind: 'active', bundleId: 'com.example.app' }),
      onAccepted: ({ body }) => {
        const number = Number(Buffer.from(body).toString());
        received[number] = (received[number] ?? 0) + 1;
        taken += 1;
        if (trouble !== undefined && taken % trouble.every === 0) apns.setFault({ action: trouble.action, times: 1 });
      },
    });
    const { origin, ca, key, keyId, teamId } = apns;
    const client = createApnsClient({ origin, ca, credentials: { kind: 'token', key, keyId, teamId } });
    try {
      const outcomes = await Promise.all(Array.from({ length: count }, (_, number) => client.send(push(`${number}`))));
      return { outcomes, received };
    } finally {
      await client.close();
      await apns.close();
    }
  }

  const count = 5000;

  it('20,000 at once: each is accepted once, and told so', async () => {
    const { outcomes, received } = await load(20_000);
    assert.ok(outcomes.every(({ kind }) => kind === 'accepted'));
    assert.ok(received.every((times) => times === 1));
  });

  for (const [name, trouble] of Object.entries(TROUBLES)) {
    it(`${name}: each push has one fate, and what is accepted came once`, async () => {
      const { outcomes, received } = await load(count, trouble);
      const ends = new Map<string, number>();
      outcomes.forEach((outcome, number) => {
        const end = endOf(outcome);
        ends.set(end, (ends.get(end) ?? 0) + 1);
        const times = received[number] ?? 0;
        // Only where nobody knows may a push have come without being accepted here; twice never.
        const isUnknown = end === 'connection-lost' || end === 'stream-reset';
        if (isUnknown) assert.ok(times <= 1);
        else assert.equal(times, end === 'accepted' ? 1 : 0, `${end} ${number}`);
      });
      const told = JSON.stringify([...ends]);
      assert.ok(
        [...ends.keys()].every((end) => trouble.ends.includes(end)),
        told,
      );
      assert.ok((ends.get('accepted') ?? 0) > count / 2, told);
      const troubled = count - (ends.get('accepted') ?? 0);
      assert.ok(name.startsWith('GOAWAY') || trouble.ends.length === 1 || troubled > 0, 'nothing went wrong');
    });
  }
});
