import type { AppEvent, SystemEvent, VoipEvent } from '../events/event';
import type { Microseconds } from '../time';
import type { Delivery, JoinedBy } from './delivery';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A delivery while it is being put together. */
export interface Draft extends Mutable<Omit<Delivery, 'joins'>> {
  readonly joins: { readonly event: VoipEvent; readonly by: JoinedBy }[];
}

/** The part a delivery's event plays. */
export type Role = Exclude<keyof Draft, 'joins' | 'id'>;

export function newDraft(): Draft {
  return { id: '', joins: [] };
}

/** Gives `event` the part `role`, if nobody has it yet; it becomes part of the delivery in any case. */
export function assign<R extends Role>(draft: Draft, role: R, event: NonNullable<Draft[R]>, by: JoinedBy): void {
  draft[role] ??= event;
  draft.joins.push({ event, by });
}

/** When the first event of the delivery happened, on the host’s clock where it was captured live, else on its source’s. */
export function startOf(draft: Draft | undefined): Microseconds {
  const first = draft?.joins[0]?.event;
  return first?.arrivedAt ?? first?.at ?? 0;
}

/** The same as the log says it: of a saved log whose clock was set, that is what compares with the host’s best. */
export function loggedStartOf(draft: Draft | undefined): Microseconds {
  const first = draft?.joins[0]?.event;
  return first?.arrivedAt ?? first?.loggedAt ?? first?.at ?? 0;
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
