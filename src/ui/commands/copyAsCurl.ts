import * as vscode from 'vscode';
import { type CurlOptions, curlCommand } from '../../core/apns/curl';
import { APNS_ORIGINS } from '../../core/apns/environment';
import { buildVoipPush } from '../../core/apns/voipPush';
import type { PushSentEvent } from '../../core/events/event';
import { requireDelivery } from '../deliveryReference';
import { ExpectedFailure } from '../expectedFailure';
import type { PayloadDocuments } from '../payloadDocuments';
import { payloadTextOf } from '../payloadText';
import { requireSentPayload } from '../sentPayload';
import type { ApnsAddress, Target, TargetChoice } from '../targets';
import type { TimelineSession } from '../timelineSession';
import { requireTrust } from '../trust';

export interface CopyAsCurlParts {
  readonly session: TimelineSession;
  readonly documents: PayloadDocuments;
  readonly targets: TargetChoice;
  readonly newUuid: () => string;
}

/** What the command would send, and the target that knows where to. */
interface Push {
  readonly payload: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly environment: PushSentEvent['environment'];
  readonly target: Target | undefined;
}

/** Copies a delivery, or the payload in the editor, as a curl command; secrets only when the user asks for them. */
export async function copyAsCurl(parts: CopyAsCurlParts, reference: unknown): Promise<void> {
  const push = reference === undefined ? activePush(parts) : sentPush(parts, reference);
  const withSecrets = await askForSecrets(push.target);
  const command = await commandFor(push, withSecrets);
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(
    withSecrets ? 'curl command copied: it holds secrets' : 'curl command copied, with placeholders',
    5000,
  );
}

function sentPush({ session, targets }: CopyAsCurlParts, reference: unknown): Push {
  const { sent } = requireDelivery(session.timeline, reference).delivery;
  if (sent === undefined) {
    throw new ExpectedFailure('This push was not sent from here, so its payload and headers are not known.');
  }
  if (sent.transport === 'simctl') throw noCurl();
  const { headers, environment } = sent;
  const isSame = (target: Target): boolean => target.label === sent.target && target.environment === environment;
  return { payload: requireSentPayload(sent), headers, environment, target: targets.all.find(isSame) };
}

function activePush({ documents, targets, newUuid }: CopyAsCurlParts): Push {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !documents.isPayload(document)) {
    throw new ExpectedFailure('Open a payload, or choose a delivery in the Deliveries view.');
  }
  const { current } = targets;
  if (current.kind === 'simctl') throw noCurl();
  const { bundleId, environment } = current;
  const { headers } = buildVoipPush({ bundleId, deviceToken: '', body: new Uint8Array(), apnsId: newUuid() });
  return { payload: payloadTextOf(document), headers, environment, target: current };
}

function noCurl(): ExpectedFailure {
  return new ExpectedFailure(
    'A simulator is reached with xcrun simctl push, not over APNs, so there is no curl command for it.',
  );
}

async function askForSecrets(target: Target | undefined): Promise<boolean> {
  if (target === undefined) return false;
  const items = [
    {
      label: 'With placeholders',
      detail: 'The provider token and the device token are variables of the shell.',
      withSecrets: false,
    },
    {
      label: 'With a fresh token',
      detail:
        'Ready to run. Holds the device token and a provider token that is good for up to an hour: share it with nobody.',
      withSecrets: true,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Copy as curl' });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.withSecrets;
}

async function commandFor({ payload, headers, environment, target }: Push, withSecrets: boolean): Promise<string> {
  if (target === undefined) {
    const origin = APNS_ORIGINS[environment === 'production' ? 'production' : 'sandbox'];
    return curlCommand({ deviceToken: '', headers }, { payload, origin });
  }
  if (!withSecrets) {
    const address = await target.address?.();
    if (address === undefined) throw noCurl();
    return curlCommand({ deviceToken: '', headers }, optionsFor(payload, address));
  }
  requireTrust();
  const { deviceToken, apns } = await target.prepare();
  if (apns === undefined) throw noCurl();
  const providerToken = apns.providerToken();
  const secret = providerToken !== undefined && { providerToken };
  return curlCommand({ deviceToken, headers }, { ...optionsFor(payload, apns), ...secret });
}

function optionsFor(payload: string, { origin, ca, usesCertificate }: ApnsAddress): CurlOptions {
  return { payload, origin, usesCertificate, ...(ca !== undefined && { ca }) };
}
