import type { PushSentEvent, Transport } from '../core/events/event';
import type { CancelSignal, PushTransport } from '../core/ports';
import type { CommandId } from './contributions';
import { createListeners, type Disposable } from './listeners';

/** Whether anybody watches the log of a target: only then silence means something. */
export type LogHealth =
  | { readonly state: 'off' }
  | { readonly state: 'starting' }
  | { readonly state: 'watching' }
  /** It was lost, or there is nothing to watch yet; it is tried again by itself. */
  | { readonly state: 'waiting'; readonly why: string }
  | { readonly state: 'failed'; readonly why: string }
  /** This target starts none: the log of a device is a capture of its own. */
  | { readonly state: 'elsewhere' };

/** What a push goes out with. Good for one sending: the token may change. */
export interface PreparedTarget {
  readonly transport: PushTransport;
  /** Hexadecimal, whole: a secret. Empty for simctl, which needs none. */
  readonly deviceToken: string;
  readonly bundleId: string;
  /** Where it goes over APNs; missing for simctl. */
  readonly apns?: ApnsAddress & {
    /** A secret; missing with a certificate. */
    providerToken(): string | undefined;
  };
}

/** What a curl command needs to do the same; no secret. */
export interface ApnsAddress {
  readonly origin: string;
  /** Path of the only authority to trust. */
  readonly ca?: string;
  readonly usesCertificate: boolean;
}

/** One line below a target in the tree. */
export interface TargetFact {
  readonly label: string;
  readonly value: string;
  readonly icon: string;
  readonly tooltip?: string;
}

/** What keeps a target from taking a push, and what to do. */
export interface TargetProblem {
  readonly message: string;
  readonly remedy: string;
}

/** Somewhere to send to. */
export interface Target extends Disposable {
  /** Stable, for settings and menus. */
  readonly id: string;
  /** As the user knows it, for example `Virtual iPhone`. */
  readonly label: string;
  /** Where there is little room; `variant` then stands beside it, after what matters more: `iPhone 17`, and `iOS 26.4`. */
  readonly shortLabel?: string;
  readonly variant?: string;
  /** `simulator` is simctl, which has no environment of APNs. */
  readonly environment: PushSentEvent['environment'];
  readonly kind: Transport;
  /** One sentence: what it is, and what it is not. */
  readonly description: string;
  /** Empty while no app is chosen. */
  readonly bundleId: string;
  /** Name of its log in events, and how it is. */
  readonly logSource: string;
  readonly logHealth: LogHealth;
  /** Of a virtual app, in words: `Never reports`. */
  readonly behavior?: string;
  /** Of a virtual phone, in words: `iOS 26.4 or newer`. */
  readonly system?: string;
  /** As far as it is known without asking. */
  readonly problem?: TargetProblem | undefined;
  readonly facts?: readonly TargetFact[];
  readonly onDidChange: (listener: () => void) => Disposable;
  /**
   * Starts what has to run, the first time, and gives what to send `payload` with. Rejects with an `ExpectedFailure`.
   */
  prepare(signal?: CancelSignal, payload?: string): Promise<PreparedTarget>;
  /** Where pushes to it go over APNs; needs neither stored secrets nor, where nothing has to be started, trust. */
  readonly address?: () => Promise<ApnsAddress>;
  /** The same app and token at the other APNs, to be tried when this one does not know the token. */
  readonly other?: () => Promise<OtherEnvironment>;
  /** Send goes here from now on. */
  enter?(): void;
  /** Send goes elsewhere from now on. */
  leave?(): void;
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** A target to try, and how to keep it when it was the right one. */
export interface OtherEnvironment {
  readonly target: Target;
  save(): Promise<void>;
}

/** Targets of one kind, which come and go. */
export interface TargetList extends Disposable {
  /** For a group in the tree, for example `Simulators`. */
  readonly title: string;
  readonly targets: readonly Target[];
  /** Why there are none, or how to get some. */
  readonly note: TargetNote | undefined;
  /** Targets came or went, one of them changed, or the note did. */
  readonly onDidChange: (listener: () => void) => Disposable;
}

export interface TargetNote {
  readonly label: string;
  /** Beside the label, quietly. */
  readonly why?: string;
  readonly tooltip?: string;
  /** What may help. */
  readonly remedy?: { readonly label: string; readonly command: CommandId };
}

/** Keeps small things between sessions, for example in the workspace; VS Code's `Memento` fits. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** As the user knows it, with its environment where the name does not say it: nobody shall send to the wrong one. */
export function targetName({ label, environment }: Pick<Target, 'label' | 'environment'>): string {
  return environment === 'virtual' ? label : `${label} (${environment})`;
}

/** All targets, and the one that Send goes to. */
export interface TargetChoice extends Disposable {
  readonly all: readonly Target[];
  readonly lists: readonly TargetList[];
  readonly current: Target;
  choose(id: string): void;
  /** Another target was chosen, or one of them changed. */
  readonly onDidChange: (listener: () => void) => Disposable;
}

const CHOSEN_TARGET = 'voipPush.target';

/** The target of before is chosen, the first one until there is such a target. */
export function createTargetChoice(
  first: Target,
  { lists = [], memory }: { readonly lists?: readonly TargetList[]; readonly memory?: Memory } = {},
): TargetChoice {
  const changed = createListeners<void>();
  const everyTarget = (): readonly Target[] => [first, ...lists.flatMap(({ targets }) => targets)];
  let chosenId = memory?.get(CHOSEN_TARGET) ?? first.id;
  let left = current();

  function current(): Target {
    return everyTarget().find(({ id }) => id === chosenId) ?? first;
  }

  function tellChange(): void {
    const now = current();
    if (left.id !== now.id) left.leave?.();
    left = now;
    changed.tell();
  }

  const subscriptions = [first, ...lists].map((part) => part.onDidChange(tellChange));
  return {
    get all() {
      return everyTarget();
    },
    lists,
    get current() {
      return current();
    },
    choose(id) {
      if (everyTarget().some((target) => target.id === id)) {
        chosenId = id;
        void memory?.update(CHOSEN_TARGET, id);
        current().enter?.();
      }
      tellChange();
    },
    onDidChange: changed.add,
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      changed.clear();
    },
  };
}
