import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { OutgoingPush } from '../../core/ports';
import { type Failure, notSent } from './failure';

/** `apns-push-type`: what nearly every header looks like. Node's own checks take far longer, and tell what is wrong. */
const USUAL_NAME = /^[a-z0-9-]+$/;
/** `com.example.app.voip`: printable ASCII. */
const USUAL_VALUE = /^[\x20-\x7e]*$/;

/** Why these headers cannot be sent. Checked here because node:http2 destroys the whole connection over a wrong name. */
export function headerFailure(headers: OutgoingPush['headers']): Failure | undefined {
  try {
    for (const [name, value] of Object.entries(headers)) {
      if (!USUAL_NAME.test(name)) validateHeaderName(name);
      if (!USUAL_VALUE.test(value)) validateHeaderValue(name, value);
    }
    return undefined;
  } catch (error) {
    return notSent(error);
  }
}
