import { PROBE_FILES, type ProbeLanguage } from '../core/probe/probeFiles';
import { PROBE_SNIPPETS } from '../core/probe/snippets';

const HOW_TO_ADD: { readonly [L in ProbeLanguage]: readonly string[] } = {
  swift: [
    'Add VoipPushProbe.swift to the app target in Xcode, unless the project follows its folders by itself.',
    'Then add the lines below that say VoipPushProbe (or probed…) to your own code. They do nothing in release builds.',
  ],
  'objective-c': [
    'Add VoipPushProbe.h and VoipPushProbe.m to the app target in Xcode, unless the project follows its folders by itself.',
    'Write #import "VoipPushProbe.h" at the top of your delegate.',
    'Then add the lines below that say VoipPushProbe to your own code. They do nothing in release builds.',
  ],
};

/** The document that shows which lines to add to an app, in the app's own language. */
export function probeSnippetsDocument(language: ProbeLanguage): string {
  const head = [`The VoIP Push call probe for ${PROBE_FILES[language].title}`, '', ...HOW_TO_ADD[language]];
  const parts = PROBE_SNIPPETS.filter((snippet) => snippet.language === language).map(
    ({ title, about, text }) => `${comment([`MARK: ${title}`, about])}\n\n${text}\n`,
  );
  return [`${comment(head)}\n`, ...parts].join('\n');
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `// ${line}`.trimEnd()).join('\n');
}
