import { assertNever } from '../core/assertNever';
import { describeDelivery } from '../core/timeline/deliveryDetail';
import { summariseDelivery } from '../core/timeline/deliverySummary';
import type { JudgedDelivery, Timeline } from '../core/timeline/timeline';
import type { FromTimeline, TimelineCommand, TimelineState, ToTimeline } from '../protocol';
import { changesBetween, type DeliveryChanges } from './deliveryChanges';
import { findDelivery } from './deliveryReference';
import { readFromTimeline } from './fromTimeline';
import type { Disposable } from './listeners';
import { runWhileWanted } from './runInSlices';
import type { TimelineSession } from './timelineSession';

export interface TimelineConnectionOptions {
  readonly session: Pick<TimelineSession, 'timeline' | 'onDidChange'>;
  readonly toolbar: TimelineToolbar;
  readonly post: (message: ToTimeline) => void;
  readonly actions: TimelineActions;
  /** Told what came that is no message of the protocol. */
  readonly onUnknown: (message: unknown) => void;
}

/** What the timeline's toolbar shows beside the deliveries. */
export interface TimelineToolbar {
  state(timeline: Timeline): TimelineState;
  onDidChange(listener: () => void): Disposable;
}

/** What was dropped on the timeline: addresses of files, or their texts. */
export type DroppedFiles = Extract<FromTimeline, { readonly type: 'drop' }>;

/** What the user can ask for in the timeline. */
export interface TimelineActions {
  runCommand(command: TimelineCommand, deliveryId: string | undefined): void;
  openPayload(text: string): void;
  openLink(url: string): void;
  copy(text: string, what: string): void;
  openDropped(dropped: DroppedFiles): void;
}

/** The extension's side of one timeline: answers it, and tells it what changes. */
export interface TimelineConnection extends Disposable {
  receive(message: unknown): void;
  /** `isNew` says that it was just sent from here. */
  select(deliveryId: string, isNew?: boolean): void;
  /** The page is gone; the next one will say `ready`. */
  lose(): void;
}

interface Selection {
  readonly select: string;
  /** It was just sent from here. */
  readonly follow?: true;
}

/** So many deliveries are put into words, and handed over, in a few milliseconds. */
const AT_ONCE = 250;

/** A connection to a page that is still to say `ready`. */
export function connectTimeline(options: TimelineConnectionOptions): TimelineConnection {
  const { session, toolbar, post, actions } = options;
  let isReady = false;
  /** What the page was told of; `undefined` when it knows nothing. */
  let told: readonly JudgedDelivery[] | undefined;
  /** The telling that is under way. */
  let telling: object | undefined;
  let toSelect: Selection | undefined;
  let toldState = '';

  /** Tells the page what it does not know yet: at once when it is little, in slices when it is much. */
  function tell(): void {
    if (!isReady || telling !== undefined) return;
    const own = {};
    telling = own;
    void runWhileWanted(tellingSteps(), () => telling === own);
  }

  function* tellingSteps(): Generator<void, void> {
    while (told !== session.timeline.deliveries) {
      const { deliveries } = session.timeline;
      const changes = told && (yield* changesBetween(told, deliveries));
      if (changes === undefined || changes.removed.length > AT_ONCE) yield* sendAll(deliveries);
      else yield* sendChanges(changes);
      told = deliveries;
    }
    telling = undefined;
    sendState();
    sendSelection();
  }

  /** The newest come first: they are what people look for. */
  function* sendAll(deliveries: readonly JudgedDelivery[]): Generator<void, void> {
    const state = stateNow();
    toldState = JSON.stringify(state);
    const newest = deliveries.slice(-AT_ONCE);
    const hasMore = newest.length < deliveries.length && ({ hasMore: true } as const);
    const selection = !hasMore && isOneOf(newest, toSelect) ? toSelect : undefined;
    if (selection !== undefined) toSelect = undefined;
    post({ type: 'snapshot', state, deliveries: newest.map(summariseDelivery), ...hasMore, ...selection });
    if (hasMore) yield* sendMore(deliveries.slice(0, -AT_ONCE));
  }

  function* sendMore(deliveries: readonly JudgedDelivery[]): Generator<void, void> {
    for (let end = deliveries.length; end > 0; end -= AT_ONCE) {
      yield;
      const some = deliveries.slice(Math.max(end - AT_ONCE, 0), end).map(summariseDelivery);
      post({ type: 'more', deliveries: some, isLast: end <= AT_ONCE });
    }
  }

  function* sendChanges({ upserted, removed }: DeliveryChanges): Generator<void, void> {
    const isMuch = upserted.length > AT_ONCE;
    const news = isMuch ? [] : upserted.map(summariseDelivery);
    if (news.length > 0 || removed.length > 0) post({ type: 'changed', upserted: news, removed });
    if (isMuch) yield* sendMore(upserted);
  }

  function sendState(): void {
    if (!isReady) return;
    const state = stateNow();
    const text = JSON.stringify(state);
    if (text === toldState) return;
    toldState = text;
    post({ type: 'state', state });
  }

  /** The page selects nothing that it was not told of. */
  function sendSelection(): void {
    if (toSelect === undefined || !isOneOf(told ?? [], toSelect)) return;
    const { select: deliveryId, follow } = toSelect;
    toSelect = undefined;
    post({ type: 'select', deliveryId, ...(follow && { follow }) });
  }

  function stateNow(): TimelineState {
    return toolbar.state(session.timeline);
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
        isReady = true;
        told = undefined;
        telling = undefined;
        tell();
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
      case 'drop':
        actions.openDropped(message);
        break;
      default:
        assertNever(message);
    }
  }

  const subscriptions = [session.onDidChange(tell), toolbar.onDidChange(sendState)];
  return {
    receive(message) {
      const known = readFromTimeline(message);
      if (known === undefined) options.onUnknown(message);
      else handle(known);
    },
    select(deliveryId, isNew = false) {
      toSelect = { select: deliveryId, ...(isNew && { follow: true }) };
      tell();
    },
    lose() {
      isReady = false;
      telling = undefined;
    },
    dispose() {
      telling = undefined;
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function isOneOf(deliveries: readonly JudgedDelivery[], selection: Selection | undefined): boolean {
  return selection !== undefined && deliveries.some(({ delivery }) => delivery.id === selection.select);
}
