import type { AppEvent, SystemEvent, VoipEvent } from '../events/event';
import type { Microseconds } from '../time';
import type { Delivery, JoinedBy } from './delivery';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A delivery while it is being put together. */
export interface Draft extends Mutable<Omit<Delivery, 'joins'>> {
  readonly joins: { readonly event: VoipEvent; by: JoinedBy }[];
}

/** The part a delivery's event plays. */
export type Role = Exclude<keyof Draft, 'joins' | 'id'>;

/** With every field from the start: objects of one shape are small and quick to read, and there may be a million. */
export function newDraft(): Draft {
  return {
    id: '',
    joins: [],
    sent: undefined,
    answer: undefined,
    arrived: undefined,
    launched: undefined,
    waiting: undefined,
    delivering: undefined,
    blocked: undefined,
    received: undefined,
    reporting: undefined,
    reported: undefined,
    added: undefined,
    returned: undefined,
    completed: undefined,
    terminated: undefined,
  };
}

/** Gives `event` the part `role`, if nobody has it yet; it becomes part of the delivery in any case. */
export function assign<R extends Role>(draft: Draft, role: R, event: NonNullable<Draft[R]>, by: JoinedBy): void {
  draft[role] ??= event;
  draft.joins.push({ event, by });
}

/** When the first event of the delivery happened, on the host's clock where it was captured live, else on its source's. */
export function startOf({ joins: [first] }: Draft): Microseconds {
  return first?.event.arrivedAt ?? first?.event.at ?? 0;
}

/**
 * An instant on the host's clock where the event was captured live, else as the log says it: of a saved log whose clock was
 * set, that is what compares with the host's best.
 */
export function hostTime(event: VoipEvent): Microseconds {
  return event.arrivedAt ?? event.loggedAt ?? event.at;
}

/** Bundle id of the app, from whichever event says it. */
export function bundleIdOf(draft: Omit<Draft, 'joins' | 'id'>): string | undefined {
  return (
    draft.received?.bundleId ??
    draft.delivering?.bundleId ??
    draft.arrived?.bundleId ??
    draft.blocked?.bundleId ??
    draft.launched?.bundleId ??
    draft.terminated?.bundleId ??
    draft.added?.bundleId ??
    draft.sent?.bundleId
  );
}

/** Whether an event with this bundle id can belong to the draft: `<private>` and silence fit everything. */
export function fitsBundle(draft: Draft, bundleId: string | undefined): boolean {
  const own = bundleIdOf(draft);
  return bundleId === undefined || own === undefined || own === bundleId;
}

/**
 * The app's report attempt, as the app said it; failing that the first that followed from it: the answer, or the system's
 * own line.
 */
export function attemptOf({
  reporting,
  reported,
  added,
}: Pick<Draft, 'reporting' | 'reported' | 'added'>): VoipEvent | undefined {
  if (reporting !== undefined || reported === undefined || added === undefined) return reporting ?? reported ?? added;
  return added.at < reported.at ? added : reported;
}

/** Whether an event can belong to a delivery, as far as app and device are known. */
export type Fits = (draft: Draft, event: SystemEvent | AppEvent) => boolean;
