import { open } from 'node:fs/promises';

const EVIDENCE_EVERY = 1000;

/** Writes a log as `log stream --style ndjson` prints it on a simulator; gives the number of its lines. */
export async function writeLog(path: string, bytes: number): Promise<number> {
  const file = await open(path, 'w');
  let written = 0;
  let lines = 0;
  while (written < bytes) {
    const text = Array.from({ length: EVIDENCE_EVERY }, (_, index) => line(lines + index)).join('');
    await file.write(text);
    written += text.length;
    lines += EVIDENCE_EVERY;
  }
  await file.close();
  return lines;
}

function line(number: number): string {
  const us = number * 137;
  const stamp = new Date(1_757_319_000_000 + us / 1000).toISOString().slice(0, 19).replace('T', ' ');
  return `${JSON.stringify({
    ...RECORD,
    machTimestamp: 8_000_000 + number,
    traceID: (number * 2_654_435_761) % 4_294_967_296,
    timestamp: `${stamp}.${String(us % 1_000_000).padStart(6, '0')}+0000`,
    eventMessage: number % EVIDENCE_EVERY === EVIDENCE_EVERY - 1 ? EVIDENCE : messageOf(number),
  }).replaceAll('/', '\\/')}\n`;
}

const EVIDENCE =
  'voip-push 1 {"e":"received","app":"com.example.app","mustReport":true,"state":"background","via":"metadata"}';

/** 8 to 27 of these words, other ones for each number. */
function messageOf(number: number): string {
  return Array.from({ length: 8 + (number % 20) }, (_, index) => WORDS[(number * (index + 3)) % WORDS.length]).join(
    ' ',
  );
}

const WORDS =
  'Received state update for application connection request identifier message delivery policy invalidate assertion client process handler incoming outgoing session suspended running-active NotVisible background'.split(
    ' ',
  );

const RECORD = {
  timezoneName: '',
  messageType: 'Default',
  eventType: 'logEvent',
  source: null,
  formatString: 'Received state update for %d (%{public}@, %{public}@%{public}@',
  userID: 501,
  activityIdentifier: 77_007,
  subsystem: 'com.apple.runningboard',
  category: 'monitor',
  threadID: 28_677,
  senderImageUUID: '6156848E-344E-4D9E-84E0-87AFD0D0AE7B',
  backtrace: { frames: [{ imageOffset: 112_216, imageUUID: '6156848E-344E-4D9E-84E0-87AFD0D0AE7B' }] },
  bootUUID: '8ED32A8A-3F1B-4A7B-9C5E-0123456789AB',
  processImagePath:
    '/Library/Developer/CoreSimulator/Volumes/iOS/Library/Developer/CoreSimulator/Profiles/Runtimes/iOS 26.4.simruntime/Contents/Resources/RuntimeRoot/System/Library/CoreServices/SpringBoard.app/SpringBoard',
  senderImagePath: '/System/Library/PrivateFrameworks/RunningBoardServices.framework/RunningBoardServices',
  processID: 668,
  parentActivityIdentifier: 0,
};
