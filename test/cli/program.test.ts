import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { version } from '../../package.json';
import { createPaint, printable } from '../../src/cli/paint';
import { cli } from './cliHarness';

describe('voip-push', () => {
  it('prints its version', async () => {
    assert.deepEqual(await cli(['--version']), { exitCode: 0, stdout: `${version}\n`, stderr: '' });
  });

  for (const args of [
    ['--help'],
    ['help'],
    ['lint', '--help'],
    ['check', '-h'],
    ['demo', '--help'],
    ['help', 'apns'],
  ]) {
    it(`prints help on stdout for ${args.join(' ')}`, async () => {
      const { exitCode, stdout, stderr } = await cli(args);
      assert.equal(exitCode, 0);
      assert.match(stdout, /^Usage: voip-push/);
      assert.equal(stderr, '');
    });
  }

  it('names commands, examples and exit codes in its help', async () => {
    const { stdout } = await cli(['--help']);
    for (const word of ['demo', 'lint', 'check', 'send', 'apns', 'Examples:', 'Exit codes:', 'NO_COLOR']) {
      assert.ok(stdout.includes(word), word);
    }
  });

  it('separates the parts of each help with a blank line', async () => {
    for (const command of ['demo', 'lint', 'check', 'watch', 'send', 'apns', 'doctor']) {
      const { stdout } = await cli([command, '--help']);
      assert.doesNotMatch(stdout, /\S\n(?:Arguments|Options|Faults.*|Behaviors of.*):\n/, command);
    }
  });

  it('lists behaviors and faults in the help of the commands that take them', async () => {
    assert.match((await cli(['demo', '--help'])).stdout, /never-reports +Stays in the delegate/);
    assert.match((await cli(['apns', '--help'])).stdout, /goaway-unprocessed +send GOAWAY/);
  });

  const wrongUses: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [[], /Usage: voip-push/],
    [['lnt'], /voip-push: unknown command 'lnt'[\s\S]*Did you mean lint/],
    [['lint'], /missing required argument 'file'/],
    [['lint', 'a', '--fromat', 'json'], /unknown option '--fromat'/],
    [['lint', 'a', '--format', 'xml'], /Allowed choices are text, json/],
    [['lint', 'a', '--max-warnings', '-1'], /argument '-1' is invalid|Give a whole number from 0/],
    [['check', 'a', '--deadline', '0'], /Give a number above 0/],
    [['check', 'a', '--deadline', '7s'], /Give a number above 0/],
    [['demo', '--behavior', 'sings'], /Allowed choices are reports-in-time/],
    [['send', 'a.json'], /add one of --virtual/],
    [['apns', '--port', '70000'], /whole number from 0 to 65535/],
    [['apns', '--fault', 'explode'], /"explode" is not a fault/],
  ];
  for (const [args, message] of wrongUses) {
    it(`explains wrong use on stderr and exits with 2: ${args.join(' ')}`, async () => {
      const { exitCode, stdout, stderr } = await cli(args);
      assert.equal(exitCode, 2);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }
});

describe('paint', () => {
  const colored = '\u001b[31mx\u001b[39m';
  const cases: readonly (readonly [isTerminal: boolean, env: Record<string, string>, text: string])[] = [
    [true, {}, colored],
    [true, { NO_COLOR: '' }, colored],
    [true, { NO_COLOR: '1' }, 'x'],
    [true, { TERM: 'dumb' }, 'x'],
    [false, {}, 'x'],
  ];
  for (const [isTerminal, env, text] of cases) {
    it(`paints ${JSON.stringify({ isTerminal, env })}`, () => {
      assert.equal(createPaint({ isTerminal, env })('error', 'x'), text);
    });
  }

  it('keeps escape sequences and direction marks of a log away from the terminal', () => {
    assert.equal(printable('a\u001b[2Jb\r\u202e\u009bc'), 'a\uFFFD[2Jb\uFFFD\uFFFD\uFFFDc');
    assert.equal(printable('Jürgen 😀'), 'Jürgen 😀');
  });
});
