/** The languages the probe is written in; also VS Code's language ids. */
export const ProbeLanguage = { swift: 'swift', objectiveC: 'objective-c' } as const;
export type ProbeLanguage = (typeof ProbeLanguage)[keyof typeof ProbeLanguage];

/** The folder of the probe's files in the extension. */
export const PROBE_FOLDER = 'media/probe';

interface ProbeFiles {
  /** For people choosing one. */
  readonly title: string;
  /** Names in `PROBE_FOLDER`, and in the app's folder. */
  readonly files: readonly string[];
}

/** What Insert Call Probe writes: one language is enough for an app. */
export const PROBE_FILES: { readonly [L in ProbeLanguage]: ProbeFiles } = {
  swift: { title: 'Swift', files: ['VoipPushProbe.swift'] },
  'objective-c': { title: 'Objective-C', files: ['VoipPushProbe.h', 'VoipPushProbe.m'] },
};
