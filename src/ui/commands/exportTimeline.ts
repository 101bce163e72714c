import type { JudgedDelivery, Timeline } from '../../core/timeline/timeline';
import { requireDelivery } from '../deliveryReference';
import { ExpectedFailure } from '../expectedFailure';
import type { TimelineSession } from '../timelineSession';

/** Writes exports. It is loaded when it is used first. */
export interface TimelineExporter {
  /** Asks for a format and a file, and writes the timeline there. */
  exportTimeline(timeline: Timeline): Promise<void>;
  /** Copies one delivery as a Mermaid sequence diagram; asks for it unless it is given. */
  copyAsMermaid(timeline: Timeline, delivery: JudgedDelivery | undefined): Promise<void>;
}

export interface ExportParts {
  readonly session: TimelineSession;
  readonly loadExporter: () => Promise<TimelineExporter>;
}

/** Exports the whole timeline to a file. */
export async function exportTimeline({ session, loadExporter }: ExportParts): Promise<void> {
  requireDeliveries(session);
  await (await loadExporter()).exportTimeline(session.timeline);
}

/** Copies the delivery that was chosen in a tree, or the one that the user picks. */
export async function copyAsMermaid({ session, loadExporter }: ExportParts, reference: unknown): Promise<void> {
  requireDeliveries(session);
  const delivery = reference === undefined ? undefined : requireDelivery(session.timeline, reference);
  await (await loadExporter()).copyAsMermaid(session.timeline, delivery);
}

function requireDeliveries({ timeline }: TimelineSession): void {
  if (timeline.deliveries.length > 0) return;
  throw new ExpectedFailure('There is nothing to export: the timeline is empty. Send a payload or open a log first.');
}
