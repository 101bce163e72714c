import { DeliveryOrder, type Listing } from './listing';

/** What survives a reload of the window; kept by VS Code for the panel's serializer. */
export interface SavedState extends Listing {
  readonly follow: boolean;
  readonly selectedId: string | undefined;
  /** CSS pixels. */
  readonly scrollTop: number;
}

/** How the timeline looks when it opens for the first time. */
export const INITIAL_STATE: SavedState = {
  order: DeliveryOrder.failuresFirst,
  filter: '',
  flaggedOnly: false,
  follow: true,
  selectedId: undefined,
  scrollTop: 0,
};

/** Reads what VS Code kept, possibly written by another version: whatever does not fit falls back to the initial state. */
export function readSavedState(saved: unknown): SavedState {
  if (typeof saved !== 'object' || saved === null) return INITIAL_STATE;
  const kept: Partial<Record<keyof SavedState, unknown>> = saved;
  return {
    order: Object.values(DeliveryOrder).find((order) => order === kept.order) ?? INITIAL_STATE.order,
    filter: typeof kept.filter === 'string' ? kept.filter : INITIAL_STATE.filter,
    flaggedOnly: typeof kept.flaggedOnly === 'boolean' ? kept.flaggedOnly : INITIAL_STATE.flaggedOnly,
    follow: typeof kept.follow === 'boolean' ? kept.follow : INITIAL_STATE.follow,
    selectedId: typeof kept.selectedId === 'string' ? kept.selectedId : undefined,
    scrollTop: typeof kept.scrollTop === 'number' && kept.scrollTop >= 0 ? kept.scrollTop : INITIAL_STATE.scrollTop,
  };
}
