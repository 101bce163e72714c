import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cleanText } from '../../../src/core/export/cleanText';
import { FAIL_ON_LEVELS, type FailOn } from '../../../src/core/export/failOn';
import { junitReport } from '../../../src/core/export/junitReport';
import { buildTimeline } from '../../../src/core/timeline/timeline';
import { fc } from '../../propertyRuns';
import { all, type MarkupElement, parseMarkup } from './markup';
import { hostileText, STORY_TIMELINES, timelineOf } from './timelines';

// What the schemas of Jenkins' xunit plugin (junit-10.xsd) and of Surefire have in common.
const ALLOWED: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'timestamp'], children: ['testcase'] },
  testcase: { attributes: ['classname', 'name', 'time'], children: ['failure', 'skipped', 'system-out'] },
  failure: { attributes: ['type', 'message'], children: [] },
  skipped: { attributes: ['message'], children: [] },
  'system-out': { attributes: [], children: [] },
};

function checkSchema(report: string): readonly MarkupElement[] {
  const roots = parseMarkup(report);
  assert.deepEqual(
    roots.map(({ name }) => name),
    ['testsuites'],
  );
  const elements = all(roots);
  for (const { name, attributes, children } of elements) {
    const rule = ALLOWED[name];
    assert.ok(rule, name);
    assert.deepEqual(
      Object.keys(attributes).filter((key) => !rule.attributes.includes(key)),
      [],
      name,
    );
    assert.deepEqual(
      children.filter((child) => !rule.children.includes(child.name)).map((child) => child.name),
      [],
      name,
    );
  }
  const cases = elements.filter(({ name }) => name === 'testcase');
  for (const [attribute, element] of [
    ['failures', 'failure'],
    ['skipped', 'skipped'],
  ] as const) {
    const count = cases.filter(({ children }) => children.some(({ name }) => name === element)).length;
    const suite = elements.find(({ name }) => name === 'testsuite');
    assert.equal(suite?.attributes[attribute], String(count));
  }
  assert.equal(new Set(cases.map(({ attributes }) => attributes['name'])).size, cases.length, 'names are unique');
  for (const { attributes } of cases) assert.match(attributes['time'] ?? '', /^\d+\.\d{3}$/);
  return cases;
}

function outcomes(cases: readonly MarkupElement[]): readonly string[] {
  return cases.map(({ children }) => children[0]?.name ?? '');
}

describe('the JUnit report', () => {
  it('has one test case a delivery, whatever the verdict', () => {
    for (const timeline of STORY_TIMELINES) {
      for (const failOn of FAIL_ON_LEVELS) {
        assert.equal(checkSchema(junitReport(timeline, failOn)).length, timeline.deliveries.length);
      }
    }
  });

  it('fails what is flagged, skips what nobody knows, and fails more when it is told to', () => {
    const kinds = new Map<string, Readonly<Record<FailOn, string>>>();
    for (const timeline of STORY_TIMELINES) {
      const [never = [], error = [], inconclusive = [], warning = []] = (
        ['never', 'error', 'inconclusive', 'warning'] as const
      ).map((failOn) => outcomes(checkSchema(junitReport(timeline, failOn))));
      timeline.deliveries.forEach(({ verdict: { kind, severity } }, index) => {
        kinds.set(`${kind} ${severity}`, {
          never: never[index] ?? '',
          error: error[index] ?? '',
          inconclusive: inconclusive[index] ?? '',
          warning: warning[index] ?? '',
        });
      });
    }
    const all = (outcome: string) => ({ never: outcome, error: outcome, inconclusive: outcome, warning: outcome });
    const { ...seen } = Object.fromEntries(kinds);
    assert.deepEqual(seen['killed error'], all('failure'));
    assert.deepEqual(seen['missing-report error'], all('failure'));
    assert.deepEqual(seen['reported none'], all('system-out'));
    assert.deepEqual(seen['pending none'], all('skipped'));
    assert.deepEqual(seen['reported-late warning'], { ...all('system-out'), warning: 'failure' });
    assert.deepEqual(seen['undelivered warning'], { ...all('skipped'), warning: 'failure' });
    assert.deepEqual(seen['inconclusive warning'], {
      never: 'skipped',
      error: 'skipped',
      inconclusive: 'failure',
      warning: 'failure',
    });
  });

  it('has the explanation and the evidence in a failure', () => {
    const failure = all(parseMarkup(junitReport(timelineOf('com.example.app'), 'error'))).find(
      ({ name }) => name === 'failure',
    );
    assert.equal(failure?.attributes['type'], 'killed');
    assert.match(failure?.text ?? '', /^Killed: .*\n- [\s\S]*What to do:\n1\. [\s\S]*\nEvidence:\n\+0 /);
  });

  it('is a report without deliveries, too', () => {
    assert.equal(checkSchema(junitReport(buildTimeline([]), 'error')).length, 0);
  });

  it('stays well-formed, and shows text as it is', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const cases = checkSchema(junitReport(timelineOf(text), 'error'));
        for (const { attributes } of cases) assert.equal(attributes['classname'], cleanText(text));
      }),
    );
  });
});
