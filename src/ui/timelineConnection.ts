import { assertNever } from '../core/assertNever';
import { describeDelivery } from '../core/timeline/deliveryDetail';
import { summariseDelivery } from '../core/timeline/deliverySummary';
import type { FromTimeline, TimelineCommand, ToTimeline } from '../protocol';
import { findDelivery } from './deliveryReference';
import { readFromTimeline } from './fromTimeline';
import type { Disposable } from './listeners';
import { createSummaryTracker } from './summaryChanges';
import type { TargetChoice } from './targets';
import type { TimelineSession } from './timelineSession';
import { timelineState } from './timelineState';

export interface TimelineConnectionOptions {
  readonly session: TimelineSession;
  readonly targets: TargetChoice;
  readonly cannotSend: () => string | undefined;
  readonly post: (message: ToTimeline) => void;
  readonly actions: TimelineActions;
  /** Told what came that is no message of the protocol. */
  readonly onUnknown: (message: unknown) => void;
}

/** What the user can ask for in the timeline. */
export interface TimelineActions {
  runCommand(command: TimelineCommand, deliveryId: string | undefined): void;
  openPayload(text: string): void;
  openLink(url: string): void;
  copy(text: string, what: string): void;
}

/** The extension's side of one timeline: answers it, and tells it what changes. */
export interface TimelineConnection extends Disposable {
  receive(message: unknown): void;
  /** `isNew` says that it was just sent from here. */
  select(deliveryId: string, isNew?: boolean): void;
  /** The page is gone; the next one will say `ready`. */
  lose(): void;
}

type Selection = Pick<ToTimeline & { readonly type: 'snapshot' }, 'select' | 'follow'>;

/** A connection to a page that is still to say `ready`. */
export function connectTimeline(options: TimelineConnectionOptions): TimelineConnection {
  const { session, targets, post, actions } = options;
  const tracker = createSummaryTracker();
  let isReady = false;
  let toSelect: Selection | undefined;
  let toldState = '';

  const summaries = () => session.timeline.deliveries.map(summariseDelivery);
  const stateNow = () => timelineState(session.timeline, targets.current, options.cannotSend());

  function sendSnapshot(): void {
    const deliveries = summaries();
    const state = stateNow();
    tracker.reset(deliveries);
    toldState = JSON.stringify(state);
    post({ type: 'snapshot', state, deliveries, ...toSelect });
    isReady = true;
    toSelect = undefined;
  }

  function sendState(): void {
    if (!isReady) return;
    const state = stateNow();
    const text = JSON.stringify(state);
    if (text === toldState) return;
    toldState = text;
    post({ type: 'state', state });
  }

  function sendChanges(): void {
    if (!isReady) return;
    const { upserted, removed } = tracker.changesTo(summaries());
    if (upserted.length > 0 || removed.length > 0) post({ type: 'changed', upserted, removed });
    sendState();
  }

  function sendDetail(requestId: number, deliveryId: string): void {
    const judged = findDelivery(session.timeline, deliveryId);
    const reply =
      judged === undefined
        ? ({ ok: false, error: 'This delivery is not on the timeline any more.' } as const)
        : ({ ok: true, detail: describeDelivery(judged) } as const);
    post({ type: 'detail', requestId, reply });
  }

  function openPayload(deliveryId: string): void {
    const payload = findDelivery(session.timeline, deliveryId)?.delivery.sent?.payload;
    if (payload !== undefined) actions.openPayload(payload);
  }

  /** Only what the explanations say: a page that was tricked cannot open anything else. */
  function openLink(url: string): void {
    const isSaid = session.timeline.deliveries.some(({ explanation }) =>
      explanation.links.some((link) => link.url === url),
    );
    if (isSaid && url.startsWith('https://')) actions.openLink(url);
    else options.onUnknown({ type: 'openLink', url });
  }

  function handle(message: FromTimeline): void {
    switch (message.type) {
      case 'ready':
        sendSnapshot();
        break;
      case 'requestDetail':
        sendDetail(message.requestId, message.deliveryId);
        break;
      case 'command':
        actions.runCommand(message.command, message.deliveryId);
        break;
      case 'openPayload':
        openPayload(message.deliveryId);
        break;
      case 'openLink':
        openLink(message.url);
        break;
      case 'copy':
        actions.copy(message.text, message.what);
        break;
      default:
        assertNever(message);
    }
  }

  const subscriptions = [session.onDidChange(sendChanges), targets.onDidChange(sendState)];
  return {
    receive(message) {
      const known = readFromTimeline(message);
      if (known === undefined) options.onUnknown(message);
      else handle(known);
    },
    select(deliveryId, isNew = false) {
      // The page selects nothing that it was not told of.
      sendChanges();
      const follow = isNew && ({ follow: true } as const);
      if (isReady) post({ type: 'select', deliveryId, ...follow });
      else toSelect = { select: deliveryId, ...follow };
    },
    lose() {
      isReady = false;
    },
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
