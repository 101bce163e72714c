/** Zero-based, as in the Language Server Protocol; `character` counts UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Severity = 'error' | 'warning' | 'info';

/** One thing the payload lint has to say. */
export interface Finding {
  /** Stable rule id, for example `payload/size`. */
  readonly rule: string;
  readonly severity: Severity;
  /** One or two plain sentences: what is wrong, and what it leads to or how to mend it. */
  readonly message: string;
  readonly range: Range;
}
