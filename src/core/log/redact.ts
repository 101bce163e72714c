// A device token: 64 hexadecimal digits on devices, longer on simulators.
const DEVICE_TOKEN = /\b[\dA-Fa-f]{64,}\b/g;
// A provider token: three base64url parts, `eyJhbGciOiJFUzI1NiIsImtpZCI6…`
const JSON_WEB_TOKEN = /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;

/** The token's first eight digits: enough to tell tokens apart, useless for sending. */
export function shortenDeviceToken(deviceToken: string): string {
  return `${deviceToken.slice(0, 8)}…`;
}

/** The first whole device token in a text, lower case. */
export function findDeviceToken(text: string): string | undefined {
  return text.match(DEVICE_TOKEN)?.[0].toLowerCase();
}

/** A log line fit to keep: device tokens shortened, provider tokens removed. */
export function redactLine(line: string): string {
  return line.replace(DEVICE_TOKEN, shortenDeviceToken).replace(JSON_WEB_TOKEN, '<provider token>');
}
