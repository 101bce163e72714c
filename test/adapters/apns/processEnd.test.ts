import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { createApnsClient } from '../../../src/adapters/apns/apnsClient';
import { startLoopbackApns } from './loopbackApns';
import { credentials, push } from './sending';

/** Set in a process that runs this file again as the sender: whether that one ends by itself is the question. */
const JOB = 'APNS_CLIENT_TEST_JOB';
const job = process.env[JOB];

if (job === undefined) {
  for (const isClosing of [false, true]) {
    const how = isClosing ? 'with' : 'without';
    test(`a process ends by itself after sending, ${how} close, and prints nothing of the library's`, async (context) => {
      const apns = await startLoopbackApns();
      context.after(() => apns.close());
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const child = spawn(process.execPath, [__filename], {
        env: { ...env, [JOB]: JSON.stringify({ origin: apns.origin, ca: apns.ca, isClosing }), DEBUG: 'apn' },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += String(chunk);
        });
      }
      const exitCode = await new Promise((resolve) => child.on('close', resolve));
      assert.equal(output, 'accepted\n');
      assert.equal(exitCode, 0);
      assert.equal(apns.requests.length, 1);
    });
  }
} else {
  const { origin, ca, isClosing } = JSON.parse(job) as { origin: string; ca: string; isClosing: boolean };
  const client = createApnsClient({ origin, ca, credentials });
  client.send(push()).then(async (outcome) => {
    if (isClosing) await client.close();
    console.log(outcome.kind);
  });
}
