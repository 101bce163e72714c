import type { DeliveryDetail, DeliverySummary } from './core/timeline/deliveryView';

/** What the toolbar of the timeline shows; sent whole on every change. */
export interface TimelineState {
  /** Where Send goes, for example `Virtual iPhone`. */
  readonly targetLabel: string;
  /** `sandbox`, `production` or `virtual`, beside the send button. */
  readonly environment: string;
  readonly bundleId: string;
  /** The virtual app's behavior in words; missing when the target is not virtual. */
  readonly behavior?: string;
  /** Deliveries flagged as error. */
  readonly flagged: number;
  /** Why nothing can be sent, for example restricted mode; missing when it can. */
  readonly cannotSend?: string;
  /** Below the list: what belongs to no delivery, and what is watched, for example `Virtual iPhone log · watching`. */
  readonly footnotes: readonly string[];
  /** The timeline of a file, from which nothing is sent; missing for the live one. */
  readonly recording?: RecordingFacts;
}

/** What a timeline says of the recording that it shows. */
export interface RecordingFacts {
  /** Of the file. */
  readonly name: string;
  /** What its header says and how large it is, for example `Recorded 8 Sep 2026, 10:11`. */
  readonly facts: readonly string[];
  /** What of it could not be read, and what to know of it; a sentence each. */
  readonly notes: readonly string[];
}

/** A button of the timeline that runs a command of the extension. */
export type TimelineCommand = 'compose' | 'send' | 'sendAgain' | 'chooseBehavior' | 'chooseTarget' | 'clear';

/** From the extension to the webview. `snapshot` answers `ready`, and comes again whenever the panel becomes visible. */
export type ToTimeline =
  | {
      readonly type: 'snapshot';
      readonly state: TimelineState;
      /** The newest, when they are not all. */
      readonly deliveries: readonly DeliverySummary[];
      /** They come with `more`. */
      readonly hasMore?: true;
      /** Delivery to select, when a tree item or notification asked for it. */
      readonly select?: string;
      /** That delivery was just sent from here: unlike another selection, it does not pause following. */
      readonly follow?: true;
    }
  /** What was there before, or came at once in great numbers; never said as news. */
  | { readonly type: 'more'; readonly deliveries: readonly DeliverySummary[]; readonly isLast: boolean }
  | { readonly type: 'state'; readonly state: TimelineState }
  | { readonly type: 'changed'; readonly upserted: readonly DeliverySummary[]; readonly removed: readonly string[] }
  | { readonly type: 'select'; readonly deliveryId: string; readonly follow?: true }
  | {
      readonly type: 'detail';
      readonly requestId: number;
      readonly reply:
        | { readonly ok: true; readonly detail: DeliveryDetail }
        | { readonly ok: false; readonly error: string };
    };

/** How much may be dropped at once: a webview holds all of it in memory, several times. */
export const DROP_LIMITS = { files: 50, bytes: 16 * 1024 * 1024 } as const;

/** A file that was dropped on the timeline: its text, or why there is none. */
export type DroppedFile =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly problem: 'too-large' | 'unreadable' };

/** From the webview to the extension. */
export type FromTimeline =
  | { readonly type: 'ready' }
  | { readonly type: 'requestDetail'; readonly requestId: number; readonly deliveryId: string }
  | { readonly type: 'command'; readonly command: TimelineCommand; readonly deliveryId?: string }
  | { readonly type: 'openPayload'; readonly deliveryId: string }
  | { readonly type: 'openLink'; readonly url: string }
  | { readonly type: 'drop'; readonly uris: readonly string[]; readonly files: readonly DroppedFile[] }
  | { readonly type: 'copy'; readonly text: string; readonly what: string };
