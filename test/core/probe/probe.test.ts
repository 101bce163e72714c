import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { PROBE_MATCHER } from '../../../src/core/log/probe';
import { GENERIC_CALL_ID_SHAPES, SDK_CALL_ID_SHAPES } from '../../../src/core/payload/callIdShapes';
import { PUSH_ID_KEY } from '../../../src/core/payload/payloadIds';
import { PROBE_FILES, PROBE_FOLDER, type ProbeLanguage } from '../../../src/core/probe/probeFiles';
import { PROBE_SNIPPETS } from '../../../src/core/probe/snippets';
import { parseSource } from './parseSource';

const sourceOf = (file: string): string => readFileSync(`${PROBE_FOLDER}/${file}`, 'utf8');
const LANGUAGES: readonly ProbeLanguage[] = ['swift', 'objective-c'];
const recogniser = readFileSync('src/core/log/probe.ts', 'utf8');

describe('the probe’s sources', () => {
  it('are the files in the folder, and no others', () => {
    const files = LANGUAGES.flatMap((language) => PROBE_FILES[language].files);
    assert.deepEqual(readdirSync(PROBE_FOLDER).toSorted(), files.toSorted());
  });

  for (const language of LANGUAGES) {
    for (const file of PROBE_FILES[language].files) {
      it(`${file} has sound syntax`, () => {
        const { bad, kinds } = parseSource(language, sourceOf(file));
        assert.deepEqual(bad, []);
        assert.ok(kinds.length > 5, kinds.join(' '));
      });
    }
  }

  it('the grammars do find errors', () => {
    assert.notDeepEqual(parseSource('swift', 'func a( { }').bad, []);
    assert.notDeepEqual(parseSource('objective-c', '@implementation A\n- (void)a { if (b return; }\n@end').bad, []);
  });
});

describe('the probe’s snippets', () => {
  for (const { id, language, text, about } of PROBE_SNIPPETS) {
    it(`${id} has sound syntax in a class`, () => {
      const source =
        language === 'swift'
          ? `import PushKit\n\nfinal class Example: NSObject {\n${text}\n}\n`
          : `#import "VoipPushProbe.h"\n\n@implementation Example\n\n${text}\n\n@end\n`;
      assert.deepEqual(parseSource(language, source).bad, []);
      assert.match(about, /\.$/);
    });

    it(`${id} calls what the probe has`, () => {
      const source = PROBE_FILES[language].files.map(sourceOf).join('\n');
      const called = [...text.matchAll(/VoipPushProbe[. ](\w+)|\.(probed\w+)/g)].map(
        ([, name, method]) => name ?? method ?? '',
      );
      assert.notEqual(called.length, 0);
      for (const name of called) {
        const declared = language === 'swift' ? `func ${name}(` : new RegExp(`^\\+ \\(\\w+\\)${name}:`, 'm');
        assert.ok(typeof declared === 'string' ? source.includes(declared) : declared.test(source), name);
      }
    });
  }

  it('the delegate methods add receipt, return and completion', () => {
    for (const { id, text } of PROBE_SNIPPETS.filter(({ id }) => /-(metadata|legacy)$/.test(id))) {
      for (const step of ['received', 'returned', 'completed']) {
        assert.equal(text.match(new RegExp(`VoipPushProbe[. ]${step}`, 'g'))?.length, 1, `${id} ${step}`);
      }
    }
  });
});

/** What each language writes: the keys and words of its lines. */
const WRITERS: {
  readonly [L in ProbeLanguage]: { readonly file: string; readonly keys: RegExp; readonly words: RegExp };
} = {
  swift: {
    file: 'VoipPushProbe.swift',
    keys: /(?:line|fields)\["(\w+)"\]|"(\w+)": (?!true\b|"(?:foreground|inactive|background)")[\w.]|"(async)"|\["(e)"/g,
    words: /write\("(\w+)"/g,
  },
  'objective-c': {
    file: 'VoipPushProbe.m',
    keys: /(?:line|fields)\[@"(\w+)"\]|@"(domain|code|text|call|api)" :|@"(async)"/g,
    words: /writeLine\(@"(\w+)"/g,
  },
};

describe('what the probe writes and what the recogniser reads', () => {
  for (const language of LANGUAGES) {
    const { file, keys, words } = WRITERS[language];
    const source = sourceOf(file);

    it(`${file}: every key is read`, () => {
      const written = new Set(
        [...source.matchAll(keys)].map((match) => match.slice(1).find((key) => key !== undefined) ?? ''),
      );
      for (const key of [
        'e',
        'app',
        'push',
        'call',
        'mustReport',
        'state',
        'onCall',
        'via',
        'api',
        'error',
        'domain',
        'code',
        'text',
        'token',
        'environment',
      ]) {
        assert.ok(written.has(key), `writes ${key}`);
      }
      for (const key of written) assert.match(recogniser, new RegExp(`\\['${key}'\\]|\\b${key}[,:} ]`), `reads ${key}`);
    });

    it(`${file}: every event is known`, () => {
      const written = new Set([...source.matchAll(words)].map(([, word]) => word));
      assert.deepEqual([...written].toSorted(), [
        'completed',
        'received',
        'reported',
        'reporting',
        'returned',
        'token',
      ]);
      for (const word of written) assert.ok(recogniser.includes(`case '${word}'`), word);
    });

    it(`${file}: every word of a closed list is known`, () => {
      for (const word of [
        'foreground',
        'inactive',
        'background',
        'metadata',
        'legacy',
        'bridge',
        'sandbox',
        'production',
      ]) {
        assert.ok(source.includes(`"${word}"`), `writes ${word}`);
        assert.ok(recogniser.includes(`'${word}'`), `reads ${word}`);
      }
    });

    it(`${file}: prints the prefix, in clear, to the probe’s own log, in DEBUG only`, () => {
      assert.ok(source.includes(`"${PROBE_MATCHER.needle}%{public}@"`));
      assert.ok(source.includes('"voip-push"'));
      assert.match(source, /#if DEBUG/);
      assert.doesNotMatch(source, /NSLog|print\(/);
    });

    it(`${file}: finds ids where the product does`, () => {
      assert.ok(source.includes(`"${PUSH_ID_KEY}"`));
      assert.deepEqual(placesIn(source), SHAPES);
    });
  }
});

/** The product's places, in order; `?` and a sign that stands elsewhere in the payload. */
const SHAPES = [...SDK_CALL_ID_SHAPES, ...GENERIC_CALL_ID_SHAPES].map(({ pointer, signs }) =>
  signs.some((sign) => pointer === sign || pointer.startsWith(`${sign}/`)) ? pointer : `${pointer}?${signs.join('|')}`,
);

/** The probe's places: its list, with the two loops over containers and keys unrolled. */
function placesIn(source: string): string[] {
  const from = source.indexOf('/twi_call_sid') - 2;
  const texts = (part: string): string[] => [...part.matchAll(/"([^"]*)"/g)].map(([, text]) => text ?? '');
  const list = source.slice(from, source.indexOf('return', source.indexOf('callid', from)) + 80);
  const [first = '', rest = ''] = list.split(/containers = /);
  const containers = texts(rest.slice(0, rest.indexOf('\n')));
  const loops = [...rest.matchAll(/\bkey in (.*)/g)].map(([, keys = '']) => texts(keys));
  const last = texts(rest.slice(rest.lastIndexOf('callid"') + 'callid"'.length));
  return [
    ...texts(first),
    ...loops.flatMap((keys) => containers.flatMap((container) => keys.map((key) => `${container}/${key}`))),
    ...last.filter((place) => place.startsWith('/') && place.length > 1),
  ];
}
