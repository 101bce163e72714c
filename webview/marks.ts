import type { Lane, Tone } from '../src/core/timeline/deliveryView';
import { svg } from './dom';

/** The shape of a mark, around its own origin: every lane has its own, so that color is never the only sign. */
const LANE_SHAPES: { readonly [L in Lane]: string } = {
  sender: 'M-3 -4L4 0L-3 4z',
  apns: 'M0 -4.5L4.5 0L0 4.5L-4.5 0z',
  system: 'M-3.25 -3.25h6.5v6.5h-6.5z',
  app: 'M-3.75 0a3.75 3.75 0 1 0 7.5 0a3.75 3.75 0 1 0 -7.5 0z',
  call: 'M0 -4.5L4.3 -1.4L2.7 3.7H-2.7L-4.3 -1.4z',
};

/** A mark of a lane at a position. */
export function laneMark(lane: Lane, tone: Tone, x: number, y: number): SVGPathElement {
  return svg('path', {
    d: LANE_SHAPES[lane],
    class: `mark lane-${lane} tone-${tone}`,
    transform: `translate(${x} ${y})`,
  });
}

/** A report that is not there: a hollow mark of the call lane, crossed out when it is missing. */
export function absentReportMark(kind: 'missing' | 'due', x: number, y: number): SVGGElement {
  const cross = kind === 'missing' ? [svg('path', { d: 'M-2 -2L2 2M2 -2L-2 2' })] : [];
  const ring = svg('circle', { r: 4.75 });
  return svg('g', { class: `absent absent-${kind}`, transform: `translate(${x} ${y})` }, ring, ...cross);
}
