import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { checkSarif } from '../../../src/core/export/checkSarif';
import { lintSarif } from '../../../src/core/export/lintSarif';
import { lintPayload } from '../../../src/core/payload/lint';
import { buildTimeline } from '../../../src/core/timeline/timeline';
import { fc } from '../../propertyRuns';
import { hostileText, STORY_TIMELINES, timelineOf } from './timelines';

const level = v.picklist(['error', 'warning', 'note']);
const message = v.strictObject({ text: v.pipe(v.string(), v.nonEmpty()) });
const oneBased = v.pipe(v.number(), v.integer(), v.minValue(1));
const location = {
  physicalLocation: v.strictObject({
    artifactLocation: v.strictObject({
      uri: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._~%!$&'()*+,;=:@/-]+$/)),
      uriBaseId: v.exactOptional(v.literal('%SRCROOT%')),
    }),
    region: v.exactOptional(
      v.strictObject({
        startLine: oneBased,
        startColumn: v.exactOptional(oneBased),
        endLine: v.exactOptional(oneBased),
        endColumn: v.exactOptional(oneBased),
      }),
    ),
  }),
  message: v.exactOptional(message),
};

// The required properties of SARIF 2.1.0, and of the others those that are written: nothing else may be there.
const SARIF = v.strictObject({
  $schema: v.string(),
  version: v.literal('2.1.0'),
  runs: v.tuple([
    v.strictObject({
      tool: v.strictObject({
        driver: v.strictObject({
          name: v.literal('voip-push'),
          fullName: v.string(),
          version: v.string(),
          rules: v.array(
            v.strictObject({
              id: v.string(),
              shortDescription: message,
              fullDescription: message,
              help: v.strictObject({ text: v.string(), markdown: v.string() }),
              helpUri: v.pipe(v.string(), v.url()),
              defaultConfiguration: v.strictObject({ level }),
            }),
          ),
        }),
      }),
      columnKind: v.literal('utf16CodeUnits'),
      results: v.array(
        v.strictObject({
          ruleId: v.string(),
          ruleIndex: v.pipe(v.number(), v.integer(), v.minValue(0)),
          level,
          message,
          locations: v.exactOptional(v.tuple([v.strictObject(location)])),
          relatedLocations: v.exactOptional(v.array(v.strictObject({ id: oneBased, ...location }))),
        }),
      ),
    }),
  ]),
});

function checkShape(text: string) {
  const [run] = v.parse(SARIF, JSON.parse(text)).runs;
  const { rules } = run.tool.driver;
  for (const { ruleId, ruleIndex } of run.results) assert.equal(rules[ruleIndex]?.id, ruleId);
  return run;
}

describe('SARIF of a check', () => {
  it('has a result for each delivery that is not fine', () => {
    for (const timeline of STORY_TIMELINES) {
      const { results } = checkShape(checkSarif(timeline, () => undefined, '0.1.0'));
      const wrong = timeline.deliveries.filter(({ verdict }) => verdict.severity !== 'none');
      assert.deepEqual(
        results.map(({ ruleId }) => ruleId),
        wrong.map(({ verdict }) => verdict.kind),
      );
      assert.ok(results.every(({ locations }) => locations === undefined));
    }
  });

  it('points to the line of the receipt, and to the others beside it', () => {
    const timeline = timelineOf('com.example.app');
    const lines = new Map(
      timeline.deliveries.flatMap(({ delivery }) => delivery.joins).map(({ event }, index) => [event, index + 1]),
    );
    const locate = (event: Parameters<typeof lines.get>[0]) => {
      const startLine = lines.get(event);
      return startLine === undefined ? undefined : { uri: 'logs/a%20b.ndjson', startLine };
    };
    const [killed] = checkShape(checkSarif(timeline, locate, '0.1.0')).results;
    const received = timeline.deliveries[0]?.delivery.received;
    assert.ok(received);
    assert.deepEqual(killed?.locations?.[0].physicalLocation, {
      artifactLocation: { uri: 'logs/a%20b.ndjson', uriBaseId: '%SRCROOT%' },
      region: { startLine: lines.get(received) },
    });
    assert.match(killed?.message.text ?? '', /^com\.example\.app: Killed: /);
    assert.equal(killed?.relatedLocations?.at(-1)?.message?.text, 'App killed, callservicesd, check 2');
  });

  it('points to a file as a whole when the line is not known, and to one elsewhere by its full address', () => {
    const locate = () => ({ uri: 'file:///tmp/a.ips' });
    const [result] = checkShape(checkSarif(timelineOf('app'), locate, '0.1.0')).results;
    assert.deepEqual(result?.locations?.[0].physicalLocation, { artifactLocation: { uri: 'file:///tmp/a.ips' } });
  });

  it('is a log without results, too', () => {
    const { results, tool } = checkShape(checkSarif(buildTimeline([]), () => undefined, '0.1.0'));
    assert.deepEqual([results, tool.driver.rules], [[], []]);
  });

  it('has no placeholder and no embedded link in a message', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const { message } of checkShape(checkSarif(timelineOf(text), () => undefined, '0.1.0')).results) {
          assert.doesNotMatch(message.text.replace(/\{\{|\}\}/g, ''), /[{}]/);
          assert.doesNotMatch(message.text, /(?<!\\)\[[^\]]*\]\(/);
        }
      }),
    );
  });
});

describe('SARIF of a lint', () => {
  it('points to the finding, from one', () => {
    const { findings } = lintPayload('{\n  "aps": 1\n}');
    const { results } = checkShape(lintSarif([{ uri: 'push/a.voip.json', findings }], '0.1.0'));
    const aps = results.find(({ ruleId }) => ruleId === 'payload/aps');
    assert.equal(aps?.level, 'error');
    assert.deepEqual(aps?.locations?.[0].physicalLocation, {
      artifactLocation: { uri: 'push/a.voip.json', uriBaseId: '%SRCROOT%' },
      region: { startLine: 2, startColumn: 10, endLine: 2, endColumn: 11 },
    });
  });

  it('has no location for stdin', () => {
    const { findings } = lintPayload('');
    assert.equal(checkShape(lintSarif([{ findings }], '0.1.0')).results[0]?.locations, undefined);
  });
});
