import type { Finding } from '../core/payload/finding';

/** What the question before sending a payload with errors says. */
export function describeErrors(errors: readonly Finding[]): { readonly message: string; readonly detail: string } {
  const [first] = errors;
  const message = errors.length === 1 ? 'This payload has an error.' : `This payload has ${errors.length} errors.`;
  const found = first?.message ?? '';
  // Some findings say themselves what APNs answers: `… APNs answers 413 PayloadTooLarge to more than 5120 bytes …`.
  const detail = /\bAPNs\b/.test(found) ? found : `${found} APNs or the app may refuse it.`;
  return { message, detail };
}
