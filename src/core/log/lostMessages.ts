import type { Microseconds } from '../time';
import type { LineMatcher } from './lineMatcher';

/** The longest that a tick of the Mach clock lasts on Apple hardware: it is 24 MHz, or on Intel 1 GHz. */
const MICROSECONDS_PER_TICK = 1 / 24;

/**
 * The unified log's own word that it lost messages, which it composes in LoggingSupport's OSLogEventProxy. It is told
 * when the loss is over, with its length in ticks: what is missing in that time proves nothing.
 */
export const LOST_MESSAGES_MATCHER: LineMatcher = {
  needle: 'unreliable messages from',
  example: 'lost >=63 unreliable messages from 1021354200-1045354200 (Mach continuous exact start-approx. end)',
  seenOn: 'the code of iOS 17 and 18, in no log yet',
  recognise: (record, base) => {
    // lost 12 unreliable messages from 1021354200-1045354200 (Mach continuous exact start-approx. end)
    const match = /^lost (?:>=)?(\d{1,10}) unreliable messages from (\d{1,20})-(\d{1,20}) /.exec(record.message);
    if (match === null) return undefined;
    const why = `the log itself lost ${match[1]} or more messages`;
    return { ...base, kind: 'source.gap', from: base.at - lengthOf(Number(match[2]), Number(match[3])), why };
  },
};

function lengthOf(startTick: number, endTick: number): Microseconds {
  return Math.max(Math.ceil((endTick - startTick) * MICROSECONDS_PER_TICK), 0);
}
