import type { RecordingHeader } from '../../core/recording/recordingFormat';
import type { RecordingParts } from './recordingParts';

/** The header of a recording with all of this window's timeline: it began with the first event. */
export function windowHeader({ session, header }: Pick<RecordingParts, 'session' | 'header'>): RecordingHeader {
  const [first] = session.events;
  return first === undefined ? header() : { ...header(), at: first.arrivedAt ?? first.at };
}
