/** Why a tool of the host could not do its work, and what to do about it: two or three sentences for people. */
export interface ToolProblem {
  /** For example `not-found`, `no-simctl`, `license`, `timeout`, `cancelled`. */
  readonly code: string;
  /** What happened, and why. */
  readonly message: string;
  readonly remedy: string;
}

/** What a tool of the host gave, or why it gave nothing. */
export type ToolResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ToolProblem };
