import type { AppFacts } from './appFacts';
import { judgeBackgroundMode } from './backgroundModeCheck';
import { judgeBundleIds } from './bundleIdCheck';
import type { DoctorCheck } from './doctorReport';
import { judgeEntitlement } from './entitlementCheck';

/** What the doctor says about an app's folder. */
export function judgeApp(facts: AppFacts): readonly DoctorCheck[] {
  const folder = judgeFolder(facts);
  if (folder.verdict === 'not-checked') return [folder];
  return [
    folder,
    { id: 'app-background-mode', title: 'UIBackgroundModes', ...judgeBackgroundMode(facts) },
    { id: 'app-entitlement', title: 'aps-environment entitlement', ...judgeEntitlement(facts) },
    { id: 'app-bundle-id', title: 'Bundle id', ...judgeBundleIds(facts) },
  ];
}

function judgeFolder({ kind, projects, targets, infoPlists, entitlements, expo, unread }: AppFacts): DoctorCheck {
  const head = { id: 'app-folder', title: 'App folder' } as const;
  if (projects.length + infoPlists.length + entitlements.length === 0 && expo === undefined && unread.length === 0) {
    return {
      ...head,
      verdict: 'not-checked',
      found: 'There is no Xcode project, Info.plist, *.entitlements or Expo configuration in this folder.',
      fix: 'Name the folder of the iOS app.',
    };
  }
  const names = targets.map(({ name }) => name).join(', ');
  const files = [...projects, ...(expo === undefined ? [] : [expo.path])].join(', ');
  const found = `${kind} app${files === '' ? '' : `: ${files}`}${names === '' ? '' : ` (app targets: ${names})`}.`;
  if (unread.length === 0) return { ...head, verdict: 'ok', found };
  return {
    ...head,
    verdict: 'warning',
    found: `${found} ${unread.join(' ')}`,
    fix: 'Mend these files; what they say is missing from the checks below.',
  };
}
