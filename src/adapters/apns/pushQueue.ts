import type { PendingPush } from './pendingPush';

/** Pushes in the order of `add`; cancelled ones stay in until their turn and are then passed over. */
export class PushQueue {
  private first: PendingPush[] = [];
  private items: PendingPush[] = [];
  private next = 0;

  add(pending: PendingPush): void {
    this.items.push(pending);
  }

  /** Before all that `add` put in. */
  addFirst(pending: PendingPush): void {
    this.first.push(pending);
  }

  /** The next one without an outcome, or undefined. */
  take(): PendingPush | undefined {
    let taken = this.takeAny();
    while (taken?.isSettled) taken = this.takeAny();
    return taken;
  }

  private takeAny(): PendingPush | undefined {
    const first = this.first.shift();
    if (first !== undefined) return first;
    const taken = this.items[this.next];
    if (taken === undefined) return undefined;
    this.next += 1;
    // Shifting each time would make a long queue slow, never shifting would keep every push ever sent.
    if (this.next * 2 > this.items.length) {
      this.items = this.items.slice(this.next);
      this.next = 0;
    }
    return taken;
  }
}
