import type { AppFacts } from './appFacts';
import type { DoctorFinding } from './doctorReport';
import { hasVariable } from './xcodeProject';

const LINK = 'https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns';

/** The bundle ids, and the topics that pushes for them need. */
export function judgeBundleIds(facts: AppFacts): DoctorFinding {
  const ids = [...new Set(bundleIdsOf(facts))];
  const known = ids.filter((id) => !hasVariable(id));
  if (known.length === 0) {
    return {
      verdict: 'not-checked',
      found: ids.length === 0 ? whyNone(facts) : `${ids.join(', ')}: its variables are set elsewhere.`,
      fix: 'Look up PRODUCT_BUNDLE_IDENTIFIER in the build settings of the target.',
      link: LINK,
    };
  }
  const doubled = known.filter((id) => id.endsWith('.voip'));
  if (doubled.length > 0) {
    return {
      verdict: 'warning',
      found: `${doubled.join(', ')} ends with .voip, so the topic of its VoIP pushes ends with .voip.voip.`,
      fix: 'If that is not meant, take .voip off the bundle id: it belongs to the topic only.',
      link: LINK,
    };
  }
  const found = known.map((id) => `${id} (topic ${id}.voip)`).join(', ');
  return { verdict: 'ok', found: `${found}.`, link: LINK };
}

function whyNone({ expo }: AppFacts): string {
  if (expo?.isCode === true) return `No bundle id found: ${expo.path} is code, which is not run here.`;
  return 'No bundle id found. A project generator, or a file that is not in this folder, may set it.';
}

function bundleIdsOf({ targets, infoPlists, expo }: AppFacts): readonly string[] {
  const fromTargets = targets.flatMap(({ configurations }) => configurations.flatMap(({ bundleId }) => bundleId ?? []));
  if (fromTargets.length > 0) return fromTargets;
  const fromPlists = infoPlists.flatMap(({ bundleId }) => bundleId ?? []);
  const fromExpo = expo?.bundleId === undefined ? [] : [expo.bundleId];
  return [...fromPlists, ...fromExpo].toSorted((a, b) => Number(hasVariable(a)) - Number(hasVariable(b)));
}
