/** What was given is not readable evidence: the message says why, and what to do. */
export class UnreadableLog extends Error {}
