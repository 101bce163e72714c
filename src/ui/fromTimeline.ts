import type { FromTimeline, TimelineCommand } from '../protocol';

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
  copy: ({ text, what }) => (isText(text) && isText(what) ? { type: 'copy', text, what } : undefined),
};

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
