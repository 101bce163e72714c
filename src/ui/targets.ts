import type { Transport } from '../core/events/event';
import type { CancelSignal, PushTransport } from '../core/ports';
import { createListeners, type Disposable } from './listeners';

/** Whether anybody watches the log of a target: only then silence means something. */
export type LogHealth =
  | { readonly state: 'off' }
  | { readonly state: 'starting' }
  | { readonly state: 'watching' }
  | { readonly state: 'failed'; readonly why: string };

/** What a push goes out with. Good for one sending: the token may change. */
export interface PreparedTarget {
  readonly transport: PushTransport;
  /** Hexadecimal, whole: a secret. */
  readonly deviceToken: string;
  readonly bundleId: string;
}

/** Somewhere to send to. */
export interface Target extends Disposable {
  /** Stable, for settings and menus. */
  readonly id: string;
  /** As the user knows it, for example `Virtual iPhone`. */
  readonly label: string;
  readonly environment: 'sandbox' | 'production' | 'virtual';
  readonly kind: Transport;
  /** One sentence: what it is, and what it is not. */
  readonly description: string;
  readonly bundleId: string;
  /** Name of its log in events, and how it is. */
  readonly logSource: string;
  readonly logHealth: LogHealth;
  /** Of a virtual app, in words: `Never reports`. */
  readonly behavior?: string;
  /** Of a virtual phone, in words: `iOS 26.4 or newer`. */
  readonly system?: string;
  readonly onDidChange: (listener: () => void) => Disposable;
  /** Starts what has to run, the first time, and gives what to send with. Rejects with an `ExpectedFailure`. */
  prepare(signal?: CancelSignal): Promise<PreparedTarget>;
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** As the user knows it, with its environment where the name does not say it: nobody shall send to the wrong one. */
export function targetName({ label, environment }: Pick<Target, 'label' | 'environment'>): string {
  return environment === 'virtual' ? label : `${label} (${environment})`;
}

/** All targets, and the one that Send goes to. */
export interface TargetChoice extends Disposable {
  readonly all: readonly Target[];
  readonly current: Target;
  choose(id: string): void;
  /** Another target was chosen, or one of them changed. */
  readonly onDidChange: (listener: () => void) => Disposable;
}

/** The first target is chosen until another one is. */
export function createTargetChoice(first: Target, ...others: readonly Target[]): TargetChoice {
  const all = [first, ...others];
  const changed = createListeners<void>();
  const subscriptions = all.map((target) => target.onDidChange(() => changed.tell()));
  let current = first;
  return {
    all,
    get current() {
      return current;
    },
    choose(id) {
      current = all.find((target) => target.id === id) ?? current;
      changed.tell();
    },
    onDidChange: changed.add,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      changed.clear();
    },
  };
}
