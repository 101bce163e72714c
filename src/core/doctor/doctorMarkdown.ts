import { escapeMarkdown } from '../escapeMarkdown';
import { countVerdicts, type DoctorCheck, type DoctorReport, type DoctorVerdict } from './doctorReport';

// What is wrong comes first.
const SECTIONS: { readonly [V in DoctorVerdict]: { readonly heading: string; readonly mark: string } } = {
  problem: { heading: 'Problems', mark: '✖' },
  warning: { heading: 'Warnings', mark: '!' },
  ok: { heading: 'Fine', mark: '✔' },
  'not-checked': { heading: 'Not checked', mark: '–' },
};
const ORDER: readonly DoctorVerdict[] = ['problem', 'warning', 'ok', 'not-checked'];

/** The report as a Markdown document to paste into a bug report. */
export function doctorMarkdown(report: DoctorReport): string {
  const counts = countVerdicts(report.checks);
  const summary = `${count(counts.problem, 'problem')}, ${count(counts.warning, 'warning')}, ${counts.ok} fine, ${counts['not-checked']} not checked`;
  // 2026-09-08T08:11:34.092Z
  const when = `${report.checkedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const head = `# VoIP Push Debugger doctor\n\n${escapeMarkdown(report.product)}, ${when}: ${summary}.\n`;
  const sections = ORDER.map((verdict) => renderSection(verdict, report.checks)).filter((text) => text !== '');
  return [head, ...sections].join('\n');
}

function renderSection(verdict: DoctorVerdict, checks: readonly DoctorCheck[]): string {
  const items = checks.filter((check) => check.verdict === verdict).map(renderCheck);
  return items.length === 0 ? '' : `## ${SECTIONS[verdict].heading}\n\n${items.join('\n')}\n`;
}

function renderCheck({ verdict, title, found, fix, link }: DoctorCheck): string {
  const lines = [`- ${SECTIONS[verdict].mark} **${escapeMarkdown(title)}**: ${escapeMarkdown(found)}`];
  if (fix !== undefined) lines.push(`  - Fix: ${escapeMarkdown(fix)}`);
  // A fine check needs no source.
  if (link !== undefined && verdict !== 'ok')
    lines.push(`  - Source: <${link.replace(/[<>\s]/g, encodeURIComponent)}>`);
  return lines.join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
