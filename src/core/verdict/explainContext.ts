/** What an explanation may mention beside the delivery and its verdict. */
export interface ExplainContext {
  /** Violations in a row of this app, with this delivery, as far as this timeline saw. */
  readonly strikes: number;
  /** The app was ended over an earlier push, and this one with it. */
  readonly isKilledWithAnother: boolean;
  /** When the push came, the app had another one open, or a call that it had reported not long before. */
  readonly sameApp?: 'open' | 'call';
}
