import type { Delivery } from '../correlation/delivery';
import { attemptOf, bundleIdOf } from '../correlation/draft';
import type { AppInstalledEvent, AppTerminatedEvent } from '../events/event';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { ExplainContext } from './explainContext';
import type { Verdict, VerdictKind } from './verdict';

/** Nobody says when a call ends: so long it may well last. */
const CALL_MAY_LAST: Microseconds = 60 * MICROSECONDS_PER_SECOND;

/** What happened to one app so far. */
interface AppHistory {
  strikes: number;
  previous?: Delivery;
}

/**
 * Takes deliveries in order of time, with their verdicts, and says of each what happened in its app before. Violations in
 * a row are counted as the system seems to: one kill counts once, a good report clears the count, and so does installing
 * the app anew. https://developer.apple.com/forums/thread/768136
 */
export function createAppHistory(
  given: readonly AppInstalledEvent[],
  deadline: Microseconds,
): (delivery: Delivery, verdict: Verdict) => ExplainContext {
  const apps = new Map<string | undefined, AppHistory>();
  const kills = new Set<AppTerminatedEvent>();
  const installs = given.toSorted((one, other) => one.at - other.at);
  let nextInstall = 0;

  function forgetInstalled(at: Microseconds): void {
    for (let install = installs[nextInstall]; install !== undefined && install.at <= at; ) {
      apps.delete(install.bundleId);
      nextInstall += 1;
      install = installs[nextInstall];
    }
  }

  return (delivery, { kind }) => {
    const { terminated } = delivery;
    forgetInstalled(handedOverAt(delivery) ?? 0);
    const app = bundleIdOf(delivery) ?? delivery.received?.process;
    const history = apps.get(app) ?? { strikes: 0 };
    apps.set(app, history);
    const isKilledWithAnother = terminated !== undefined && kills.has(terminated);
    if (terminated !== undefined) kills.add(terminated);
    const sameApp = history.previous === undefined ? undefined : stateAfter(history.previous, delivery, deadline);
    history.previous = delivery;
    history.strikes = strikesAfter(history.strikes, isKilledWithAnother ? 'pending' : kind);
    return { strikes: history.strikes, isKilledWithAnother, ...(sameApp !== undefined && { sameApp }) };
  };
}

function strikesAfter(strikes: number, kind: VerdictKind): number {
  if (kind === 'killed' || kind === 'missing-report') return strikes + 1;
  return kind === 'reported' || kind === 'reported-with-error' ? 0 : strikes;
}

function handedOverAt({ arrived, delivering, received }: Delivery): Microseconds | undefined {
  return (arrived ?? delivering ?? received)?.at;
}

/** What of an earlier delivery still went on when this one came. */
function stateAfter(earlier: Delivery, delivery: Delivery, deadline: Microseconds): ExplainContext['sameApp'] {
  const [began, at] = [handedOverAt(earlier), delivery.received?.at];
  if (began === undefined || at === undefined || earlier.terminated !== undefined) return undefined;
  const attempt = attemptOf(earlier);
  if (attempt === undefined || attempt.at > at) return at - began < deadline ? 'open' : undefined;
  return at - attempt.at < CALL_MAY_LAST ? 'call' : undefined;
}
