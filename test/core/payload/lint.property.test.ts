import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Position } from '../../../src/core/payload/finding';
import { lintPayload } from '../../../src/core/payload/lint';
import { parsePayload } from '../../../src/core/payload/parsePayload';
import { PAYLOAD_RULES_TEXT, RuleId } from '../../../src/core/payload/ruleCatalog';
import { fc, runs } from '../../propertyRuns';

/** JSON-like debris: what a half-typed payload is made of, with odd characters between. */
const debris = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '\\',
        '\\u',
        'd800',
        '\ud800',
        '\udc00',
        '\uFEFF',
        '/',
        '//',
        '/*',
        '*/',
      ),
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        '\t',
        ' ',
        '\u00a0',
        '\u2028',
        '\0',
        '-',
        '.',
        'e',
        '0',
        '1',
        'true',
        'null',
        'NaN',
      ),
      fc.constantFrom(
        '"uuid"',
        '"aps"',
        '"id"',
        '"nameCaller"',
        '"type"',
        '"cancel"',
        '"__proto__"',
        '1e999',
        '{"a":1}',
      ),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** JSON with one piece cut out or doubled. */
const mutated = fc
  .tuple(fc.json(), fc.nat(), fc.nat({ max: 5 }), fc.boolean())
  .map(([json, place, length, doubles]) => {
    const start = place % (json.length + 1);
    const piece = json.slice(start, start + length);
    return json.slice(0, start) + (doubles ? piece + piece : '') + json.slice(start + length);
  });

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.json(),
  debris,
  mutated,
);

function isInside(lines: readonly string[], { line, character }: Position): boolean {
  return Number.isInteger(character) && character >= 0 && character <= (lines[line]?.length ?? -1);
}

test('any text: no exception, ranges inside it, known rules, the same report twice', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const report = lintPayload(text);
      const lines = text.split(/\r\n|\n|\r/);
      for (const { rule, message, range } of report.findings) {
        assert.ok(rule in PAYLOAD_RULES_TEXT);
        assert.notEqual(message, '');
        assert.ok(isInside(lines, range.start) && isInside(lines, range.end), JSON.stringify(range));
        const forward = range.end.line - range.start.line || range.end.character - range.start.character;
        assert.ok(forward >= 0, JSON.stringify(range));
      }
      assert.equal(report.bytes, new TextEncoder().encode(text).length);
      assert.deepEqual(lintPayload(text), report);
    }),
    { numRuns: runs(3000) },
  );
});

test('any text: a syntax finding exactly where JSON.parse refuses', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const rules: readonly string[] = lintPayload(text).findings.map(({ rule }) => rule);
      const refuses = rules.includes(RuleId.syntax) || rules.includes(RuleId.empty);
      let parses = true;
      try {
        JSON.parse(text.replace(/^\uFEFF/, ''));
      } catch {
        parses = false;
      }
      assert.equal(refuses, !parses, rules.join());
    }),
    { numRuns: runs(5000) },
  );
});

test('JSON: read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.equal(JSON.stringify(parsePayload(text)), JSON.stringify(JSON.parse(text)));
      assert.equal(JSON.stringify(parsePayload(`\uFEFF${text}`)), text);
    }),
  );
});
