import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { doctorMarkdown } from '../../../src/core/doctor/doctorMarkdown';
import type { DoctorReport } from '../../../src/core/doctor/doctorReport';

const report: DoctorReport = {
  version: 1,
  checkedAt: '2026-09-08T08:11:34.092Z',
  product: 'voip-push 1.2.3',
  checks: [
    { id: 'a', title: 'System', verdict: 'ok', found: 'macOS.', link: 'https://example.com/a' },
    { id: 'b', title: 'Devices', verdict: 'not-checked', found: 'None.' },
    {
      id: 'c',
      title: 'App <folder>',
      verdict: 'problem',
      found: '<user>\n  has `x` *and* [y] in C:\\my_app\\_z',
      fix: 'Mend it.',
      link: 'https://example.com/c',
    },
  ],
};

describe('doctorMarkdown', () => {
  it('tells what is wrong first, and keeps what was found from being read as Markdown', () => {
    assert.equal(
      doctorMarkdown(report),
      `# VoIP Push Debugger doctor

voip-push 1.2.3, 2026-09-08 08:11 UTC: 1 problem, 0 warnings, 1 fine, 1 not checked.

## Problems

- ✖ **App \\<folder\\>**: \\<user\\> has \\\`x\\\` \\*and\\* \\[y\\] in C:\\my_app\\\\_z
  - Fix: Mend it.
  - Source: <https://example.com/c>

## Fine

- ✔ **System**: macOS.

## Not checked

- – **Devices**: None.
`,
    );
  });

  it('says so when nothing was checked', () => {
    const text = doctorMarkdown({ ...report, checks: [] });
    assert.match(text, /0 problems, 0 warnings, 0 fine, 0 not checked\.\n$/);
  });
});
