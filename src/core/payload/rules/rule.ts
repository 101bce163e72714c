import type { Severity } from '../finding';
import type { PayloadDocument } from '../payloadDocument';
import type { RuleId } from '../ruleCatalog';

/** What a rule has to say, by UTF-16 offset. */
export interface Problem {
  readonly rule: RuleId;
  readonly offset: number;
  readonly length: number;
  /** One or two plain sentences: what is wrong, and what it leads to or how to mend it. */
  readonly message: string;
  /** Where it differs from the rule's default. */
  readonly severity?: Severity;
}

export interface LintSettings {
  /** UTF-8 bytes the target takes: 5120 for a VoIP push unless said otherwise. */
  readonly limitBytes: number;
  /** The user's own places of the call id (JSON pointers). */
  readonly callIdPointers: readonly string[];
}

/** Looks at a payload for one kind of trouble. Never throws; takes time linear in the text. */
export type Rule = (document: PayloadDocument, settings: LintSettings) => readonly Problem[];

/** A piece of the payload as a message shows it: quoted, and not too long. */
export function quote(text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 39).replace(/[\ud800-\udbff]$/, '')}…` : text;
  return JSON.stringify(shown);
}
