import type { AppConfiguration, AppFacts, AppTarget } from './appFacts';
import type { DoctorFinding } from './doctorReport';
import { hasVariable } from './xcodeProject';

const LINK = 'https://developer.apple.com/documentation/pushkit/responding-to-voip-notifications-from-pushkit';
const XCODE_FIX =
  'In Xcode, open the target, Signing & Capabilities, add Background Modes and turn on "Voice over IP". That adds "voip" to UIBackgroundModes in Info.plist.';
const EXPO_FIX = 'Add "voip" to expo.ios.infoPlist.UIBackgroundModes and run expo prebuild again.';

/** `UIBackgroundModes` must have `voip`, or PushKit gives no VoIP token and no push. */
export function judgeBackgroundMode(facts: AppFacts): DoctorFinding {
  if (facts.targets.length > 0) return judgeTargets(facts);
  const { infoPlists, expo } = facts;
  const having = infoPlists.find(({ backgroundModes }) => backgroundModes.includes('voip'));
  if (having !== undefined) return { verdict: 'ok', found: `${having.path} has voip.`, link: LINK };
  if (expo !== undefined && infoPlists.length === 0) return judgeExpo(expo);
  if (infoPlists.length === 0) {
    return { verdict: 'not-checked', found: 'There is no Info.plist of an app in this folder.', link: LINK };
  }
  const found = `No voip in ${infoPlists.map(({ path }) => path).join(', ')}.`;
  return { verdict: 'problem', found, fix: XCODE_FIX, link: LINK };
}

function judgeExpo({ path, isCode, backgroundModes, hasPlugins }: NonNullable<AppFacts['expo']>): DoctorFinding {
  if (backgroundModes.includes('voip')) return { verdict: 'ok', found: `${path} has voip.`, link: LINK };
  if (isCode)
    return { verdict: 'not-checked', found: `${path} is code, which is not run here.`, fix: EXPO_FIX, link: LINK };
  if (!hasPlugins) return { verdict: 'problem', found: `No voip in ${path}.`, fix: EXPO_FIX, link: LINK };
  const found = `No voip in ${path}; one of its config plugins may add it.`;
  return { verdict: 'warning', found, fix: EXPO_FIX, link: LINK };
}

type State = 'has' | 'lacks' | 'unknown';

function judgeTargets(facts: AppFacts): DoctorFinding {
  const states = facts.targets.flatMap((target) =>
    target.configurations.map((configuration) => ({
      name: nameOf(target, configuration),
      state: stateOf(configuration, facts),
    })),
  );
  const namesOf = (wanted: State): string =>
    states
      .filter(({ state }) => state === wanted)
      .map(({ name }) => name)
      .join(', ');
  const [having, lacking, unknown] = [namesOf('has'), namesOf('lacks'), namesOf('unknown')];
  const unknownText = `The Info.plist of ${unknown} is not known here: a build setting names it, or the file is missing.`;
  if (having === '' && lacking === '') {
    return { verdict: 'not-checked', found: unknownText, fix: XCODE_FIX, link: LINK };
  }
  if (lacking === '') {
    const found = unknown === '' ? `Has voip: ${having}.` : `Has voip: ${having}. ${unknownText}`;
    return { verdict: 'ok', found, link: LINK };
  }
  if (having === '') return { verdict: 'problem', found: `No voip: ${lacking}.`, fix: XCODE_FIX, link: LINK };
  return { verdict: 'warning', found: `Has voip: ${having}. No voip: ${lacking}.`, fix: XCODE_FIX, link: LINK };
}

function stateOf({ backgroundModes, infoPlist }: AppConfiguration, { infoPlists }: AppFacts): State {
  if (backgroundModes.includes('voip')) return 'has';
  if (infoPlist === undefined) return 'lacks';
  const plist = infoPlists.find(({ path }) => path === infoPlist);
  if (plist === undefined || hasVariable(infoPlist)) return 'unknown';
  return plist.backgroundModes.includes('voip') ? 'has' : 'lacks';
}

/** `Example (Debug)` */
function nameOf({ name }: AppTarget, configuration: AppConfiguration): string {
  return `${name} (${configuration.name})`;
}
