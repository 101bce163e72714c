import * as vscode from 'vscode';
import type { VoipEvent } from '../../core/events/event';
import { CommandId } from '../contributions';
import { requireDelivery } from '../deliveryReference';
import { ExpectedFailure } from '../expectedFailure';
import type { PayloadSender } from '../payloadSender';
import { requireSentPayload } from '../sentPayload';
import type { TimelineSession } from '../timelineSession';

export interface SendAgainDependencies {
  readonly session: TimelineSession;
  readonly sender: Pick<PayloadSender, 'send'>;
}

/** Sends the very bytes of a delivery again; those of the last sending when none is named. */
export async function sendAgain({ session, sender }: SendAgainDependencies, delivery: unknown): Promise<void> {
  const payload = delivery === undefined ? lastPayload(session.events) : payloadOf(session, delivery);
  await sender.send(payload);
}

function payloadOf(session: TimelineSession, reference: unknown): string {
  const { sent } = requireDelivery(session.timeline, reference).delivery;
  if (sent !== undefined) return requireSentPayload(sent);
  throw new ExpectedFailure('This push was not sent from here, so its payload is not known and cannot be sent again.');
}

function lastPayload(events: readonly VoipEvent[]): string {
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index];
    if (event?.kind === 'push.sent') return requireSentPayload(event);
  }
  throw new ExpectedFailure('There is nothing to send again. Send a payload first.', [
    { label: 'Send Payload', run: () => vscode.commands.executeCommand(CommandId.sendPayload) },
  ]);
}
