import type { Explanation } from '../core/verdict/verdict';

/** An explanation as plain text, as it is copied. */
export function explanationText({ summary, why, nextSteps, links }: Explanation): string {
  return [
    summary,
    ...section('Why', why),
    ...section('Next steps', nextSteps),
    ...section(
      'Sources',
      links.map(({ title, url }) => `${title}: ${url}`),
    ),
  ].join('\n');
}

/** An explanation as Markdown, with everything that came from logs and payloads escaped. */
export function explanationMarkdown({ summary, why, nextSteps, links }: Explanation): string {
  return [
    `**${escapeMarkdown(summary)}**`,
    why.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
    ...(nextSteps.length === 0
      ? []
      : [`Next steps\n${nextSteps.map((step) => `- ${escapeMarkdown(step)}`).join('\n')}`]),
    links.map(({ title, url }) => `[${escapeMarkdown(title)}](${url})`).join(' · '),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `- ${line}`)];
}

// Whatever Markdown could read as markup: `[name](command:x)`, `<b>`, `$(icon)`.
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|~$]/g, '\\$&').replaceAll('\n', ' ');
}
