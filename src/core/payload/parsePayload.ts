import { readPayloadDocument } from './payloadDocument';

/**
 * What a payload text says, as far as it can be understood: `undefined` for an empty, huge or absurdly nested one.
 * Never throws; of duplicate keys the last one counts. Objects have no prototype.
 */
export function parsePayload(text: string): unknown {
  return readPayloadDocument(text).value;
}
