import type { Lane } from '../src/core/timeline/deliveryView';
import type { VerdictKind } from '../src/core/verdict/verdict';
import { VERDICT_ICONS, type VerdictIcon } from '../src/core/verdict/verdictIcons';
import { svg } from './dom';

/** One stroke of an icon on a grid of 16 by 16; `solid` ones are filled. */
interface IconPart {
  readonly d: string;
  readonly solid?: true;
}

type Icon = readonly IconPart[];

const CIRCLE = 'M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 1 1 0-12.5z';
const HANDSET =
  'M5.3 2.2l1.3 2.9c.2.4.1.8-.2 1.1l-1 .9a8 8 0 0 0 3.5 3.5l.9-1c.3-.3.7-.4 1.1-.2l2.9 1.3c.4.2.6.6.5 1c-.4 1.5-1.6 2.3-3 2.2C6.5 13.5 2.5 9.5 2.1 4.7C2 3.3 2.8 2.1 4.3 1.7c.4-.1.8.1 1 .5z';

/** Icons of the lanes; the same drawings are files in `media/lanes`. */
export const LANE_ICONS: { readonly [L in Lane]: Icon } = {
  sender: [{ d: 'M2 8L14 2.5L10.5 13.5L7.5 9.2z' }, { d: 'M7.5 9.2L14 2.5' }],
  apns: [{ d: 'M4.5 12.5a2.9 2.9 0 0 1-.3-5.8a4 4 0 0 1 7.7.6a2.6 2.6 0 0 1-.2 5.2z' }],
  system: [
    { d: 'M4 4h8v8h-8z' },
    { d: 'M6 1.5v2.5M10 1.5v2.5M6 12v2.5M10 12v2.5M1.5 6h2.5M1.5 10h2.5M12 6h2.5M12 10h2.5' },
  ],
  app: [{ d: 'M5 2h6a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3h-6a3 3 0 0 1-3-3v-6a3 3 0 0 1 3-3z' }, { d: 'M6 11.5h4' }],
  call: [{ d: HANDSET }],
};

/** The verdicts' codicons, drawn: a webview has no font of VS Code's. */
const CODICONS = {
  'circle-outline': [{ d: 'M8 4.75a3.25 3.25 0 1 1 0 6.5a3.25 3.25 0 1 1 0-6.5z' }],
  'circle-slash': [{ d: CIRCLE }, { d: 'M3.6 12.4l8.8-8.8' }],
  'debug-disconnect': [
    { d: 'M9.2 3.4L12.6 6.8L11.9 7.5a2.4 2.4 0 0 1-3.4-3.4zM12.1 3.9L14.5 1.5' },
    { d: 'M3.9 8.3L7.7 12.1L7 12.8a2.7 2.7 0 0 1-3.8-3.8zM5.2 9.6L6.7 8.1M6.9 11.3L8.4 9.8M3.4 12.6L1.5 14.5' },
  ],
  error: [{ d: CIRCLE }, { d: 'M5.5 5.5l5 5M10.5 5.5l-5 5' }],
  'eye-closed': [
    { d: 'M2.5 8.5a5.7 5.7 0 0 1 2.2-3.1M7.2 4.4a5.6 5.6 0 0 1 6.3 4.1M9.6 10.2a2 2 0 1 1-2.2-2.6M1.5 1.5l13 13' },
  ],
  info: [{ d: CIRCLE }, { d: 'M8 7.25v3.75M8 4.7v.5' }],
  loading: [{ d: 'M2 8a6 6 0 0 1 12 0' }],
  lock: [
    { d: 'M4 6.5h8a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5h-8a1.5 1.5 0 0 1-1.5-1.5v-5a1.5 1.5 0 0 1 1.5-1.5z' },
    { d: 'M5.5 6.5v-2.25a2.5 2.5 0 0 1 5 0v2.25M8 10.25v.5' },
  ],
  pass: [{ d: CIRCLE }, { d: 'M5 8.25l2.1 2.25L11 5.75' }],
  question: [{ d: CIRCLE }, { d: 'M6 6.25a2 2 0 1 1 2.9 1.9c-.6.3-.9.6-.9 1.2M8 11.2v.4' }],
  watch: [
    { d: 'M6 4.5h4a1.5 1.5 0 0 1 1.5 1.5v4a1.5 1.5 0 0 1-1.5 1.5h-4a1.5 1.5 0 0 1-1.5-1.5v-4a1.5 1.5 0 0 1 1.5-1.5z' },
    { d: 'M5.5 4.5v-2a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v2M5.5 11.5v2a1 1 0 0 0 1 1h3a1 1 0 0 0 1-1v-2M12.75 7.25v1.5' },
  ],
} as const satisfies { readonly [I in VerdictIcon]: Icon };

const ACTION_ICONS = {
  send: [{ d: 'M4 2.5l9 5.5l-9 5.5z', solid: true }],
  again: [{ d: 'M12.9 6.5A5.25 5.25 0 1 0 13.25 8.7M13.25 2.75v3.75h-3.75' }],
  compose: [{ d: 'M10.75 2.5l2.75 2.75L6 12.75l-3.5.75l.75-3.5zM9 4.25l2.75 2.75' }],
  clear: [{ d: 'M2.5 4h6M2.5 8h4M2.5 12h6M10 6.25l3.75 3.75M13.75 6.25L10 10' }],
  up: [{ d: 'M3.5 10L8 5.5L12.5 10' }],
  down: [{ d: 'M3.5 6L8 10.5L12.5 6' }],
  filter: [{ d: 'M6.75 2.25a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9zM10 10l3.75 3.75' }],
  flag: [{ d: 'M3.5 14.5v-12.5' }, { d: 'M3.5 2.5h8.5l-2 3l2 3h-8.5z', solid: true }],
  phone: [{ d: 'M5.5 1.5h5a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1zM7.25 12.25h1.5' }],
  copy: [{ d: 'M5.5 5.5h8v8h-8zM3.5 10.5h-1v-8h8v1' }],
  open: [{ d: 'M7 3h-4v10h10v-4M9.5 2.5h4v4M13.5 2.5L7.5 8.5' }],
  recording: [{ d: CIRCLE }, { d: 'M8 5a3 3 0 1 1 0 6a3 3 0 1 1 0-6z', solid: true }],
  warning: [{ d: 'M8 2L14.5 13.5h-13z' }, { d: 'M8 6.5v3.5M8 11.6v.4' }],
} as const satisfies Readonly<Record<string, Icon>>;

/** Icons of the buttons. */
export type ActionIcon = keyof typeof ACTION_ICONS;

/** The icon of a verdict; decorative, the words stand beside it. */
export function verdictIcon(verdict: VerdictKind): SVGSVGElement {
  return draw(CODICONS[VERDICT_ICONS[verdict]]);
}

/** The icon of a lane; decorative. */
export function laneIcon(lane: Lane): SVGSVGElement {
  return draw(LANE_ICONS[lane]);
}

/** The icon of a button; decorative. */
export function actionIcon(name: ActionIcon): SVGSVGElement {
  return draw(ACTION_ICONS[name]);
}

function draw(icon: Icon): SVGSVGElement {
  const parts = icon.map(({ d, solid }) => svg('path', { d, class: solid ? 'solid' : 'stroke' }));
  return svg('svg', { class: 'icon', viewBox: '0 0 16 16', width: 16, height: 16, 'aria-hidden': 'true' }, ...parts);
}
