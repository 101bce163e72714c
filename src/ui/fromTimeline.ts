import { DROP_LIMITS, type DroppedFile, type FromTimeline, type TimelineCommand } from '../protocol';

/** Total, so that a new command of the protocol cannot be forgotten here. */
const TIMELINE_COMMANDS: { readonly [C in TimelineCommand]: true } = {
  compose: true,
  send: true,
  sendAgain: true,
  chooseBehavior: true,
  chooseTarget: true,
  clear: true,
};

type Fields = Readonly<Record<string, unknown>>;

/** Total over the messages of the webview: how each is read from what came; `undefined` when it does not fit. */
const READERS: { readonly [T in FromTimeline['type']]: (fields: Fields) => FromTimeline | undefined } = {
  ready: () => ({ type: 'ready' }),
  requestDetail: ({ requestId, deliveryId }) =>
    Number.isSafeInteger(requestId) && typeof requestId === 'number' && isText(deliveryId)
      ? { type: 'requestDetail', requestId, deliveryId }
      : undefined,
  command: ({ command, deliveryId }) => {
    if (!isTimelineCommand(command)) return undefined;
    if (deliveryId === undefined) return { type: 'command', command };
    return isText(deliveryId) ? { type: 'command', command, deliveryId } : undefined;
  },
  openPayload: ({ deliveryId }) => (isText(deliveryId) ? { type: 'openPayload', deliveryId } : undefined),
  openLink: ({ url }) => (isText(url) ? { type: 'openLink', url } : undefined),
  drop: ({ uris, files }) => {
    const read = listOf(files, readDroppedFile);
    const addresses = listOf(uris, (uri) => (isText(uri) && uri.length <= MAX_URI_LENGTH ? uri : undefined));
    return read === undefined || addresses === undefined ? undefined : { type: 'drop', uris: addresses, files: read };
  },
  copy: ({ text, what }) => (isText(text) && isText(what) ? { type: 'copy', text, what } : undefined),
};

/** No path is longer on any system. */
const MAX_URI_LENGTH = 32_768;

/** All items as they are read, or `undefined` when one is not, or there are too many. */
function listOf<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value) || value.length > DROP_LIMITS.files) return undefined;
  const items = value.map(read).filter((item) => item !== undefined);
  return items.length === value.length ? items : undefined;
}

function readDroppedFile(value: unknown): DroppedFile | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, text, problem }: Fields = { ...value };
  if (!isText(name) || name === '' || name.length > 255) return undefined;
  if (problem === 'too-large' || problem === 'unreadable') return { name, problem };
  // A byte of UTF-8 is never more than one of these units.
  return isText(text) && text.length <= DROP_LIMITS.bytes ? { name, text } : undefined;
}

/** A message of the webview, or `undefined` for anything else: a webview is not trusted to keep to the protocol. */
export function readFromTimeline(message: unknown): FromTimeline | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const fields: Fields = { ...message };
  const { type } = fields;
  return isMessageType(type) ? READERS[type](fields) : undefined;
}

function isMessageType(type: unknown): type is FromTimeline['type'] {
  return isText(type) && Object.hasOwn(READERS, type);
}

function isTimelineCommand(command: unknown): command is TimelineCommand {
  return isText(command) && Object.hasOwn(TIMELINE_COMMANDS, command);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
