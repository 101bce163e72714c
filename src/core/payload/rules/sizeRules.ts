import { REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES, VOIP_PAYLOAD_LIMIT_BYTES } from '../../apns/limits';
import { valueAt } from '../jsonPointer';
import { RuleId } from '../ruleCatalog';
import { offsetOfByte } from '../utf8';
import type { Rule } from './rule';
import { SIMULATOR_TARGET_KEY } from './simulatorTarget';

/** Over the target's limit. The range is what lies beyond it. */
export const size: Rule = ({ text, bytes }, { limitBytes }) => {
  if (bytes <= limitBytes) return [];
  const offset = offsetOfByte(text, limitBytes);
  return [{ rule: RuleId.size, offset, length: text.length - offset, message: sizeMessage(bytes, limitBytes) }];
};

function sizeMessage(bytes: number, limitBytes: number): string {
  const excess = `The payload has ${bytes} bytes, ${bytes - limitBytes} more than the ${limitBytes}`;
  if (bytes > VOIP_PAYLOAD_LIMIT_BYTES) {
    return `${excess} allowed. APNs answers 413 PayloadTooLarge to more than ${VOIP_PAYLOAD_LIMIT_BYTES} bytes and delivers nothing.`;
  }
  return `${excess} this target takes. It refuses the payload.`;
}

/** Fits a VoIP push, but not a simulator. */
export const simulatorSize: Rule = ({ text, bytes, value }, { limitBytes }) => {
  if (bytes <= REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES || bytes > limitBytes) return [];
  const offset = offsetOfByte(text, REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES);
  const isForSimulator = valueAt(value, `/${SIMULATOR_TARGET_KEY}`) !== undefined;
  return [
    {
      rule: RuleId.simulatorSize,
      offset,
      length: text.length - offset,
      message: `The payload has ${bytes} bytes. APNs takes it as a VoIP push; simctl push takes at most ${REMOTE_NOTIFICATION_PAYLOAD_LIMIT_BYTES} and refuses it (exit code 28).`,
      ...(isForSimulator ? { severity: 'warning' as const } : {}),
    },
  ];
};
