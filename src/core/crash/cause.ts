import type { TerminationCause } from '../events/event';

/** 3131951633: “bad call”. https://developer.apple.com/documentation/xcode/sigkill */
export const VOIP_KILL_CODE = 0xbaadca11;

// The frame of PushKit's check when the delegate method returns, and the words of its exception.
const PUSHKIT_FRAME = '_terminateAppIfThereAreUnhandledVoIPPushes';
const PUSHKIT_REASON = 'never posted an incoming call to the system after receiving a PushKit VoIP push';

/** The systems that end apps on behalf of others, under their names of several iOS releases. */
const TERMINATING_NAMESPACES = ['FRONTBOARD', 'SPRINGBOARD', 'RUNNINGBOARD'];

/** What a termination by another process means. `namespace` is missing where the report leaves it out. */
export function isVoipKill(namespace: string | undefined, code: number | undefined): boolean {
  const isKnown = namespace === undefined || TERMINATING_NAMESPACES.includes(namespace.toUpperCase());
  return isKnown && code === VOIP_KILL_CODE;
}

/** `pushkit-exception` when one of these texts (symbols, exception reasons) is PushKit's; else `other`. */
export function causeOfTexts(texts: readonly string[]): TerminationCause {
  const isPushKit = texts.some((text) => text.includes(PUSHKIT_FRAME) || text.includes(PUSHKIT_REASON));
  return isPushKit ? 'pushkit-exception' : 'other';
}
