import type { AppFacts, EntitlementsFacts } from './appFacts';
import type { DoctorFinding } from './doctorReport';

const LINK = 'https://developer.apple.com/documentation/bundleresources/entitlements/aps-environment';
const XCODE_FIX =
  'In Xcode, open the target, Signing & Capabilities, and add Push Notifications. That adds aps-environment to the entitlements file.';
const EXPO_FIX = 'Add "aps-environment": "development" to expo.ios.entitlements, or use a config plugin that does.';

/** Without `aps-environment` the app gets no push token. */
export function judgeEntitlement(facts: AppFacts): DoctorFinding {
  if (facts.targets.length > 0) return judgeTargets(facts);
  const { entitlements, expo } = facts;
  const having = entitlements.filter(({ apsEnvironment }) => apsEnvironment !== undefined);
  if (having.length > 0) return has(having.map((file) => `${file.path}: ${environmentText(file)}`));
  if (expo !== undefined && entitlements.length === 0) return judgeExpo(expo);
  const found =
    entitlements.length === 0
      ? 'There is no *.entitlements file in this folder.'
      : `No aps-environment in ${entitlements.map(({ path }) => path).join(', ')}.`;
  return { verdict: 'problem', found, fix: XCODE_FIX, link: LINK };
}

function judgeExpo({ path, isCode, apsEnvironment, hasPlugins }: NonNullable<AppFacts['expo']>): DoctorFinding {
  if (apsEnvironment !== undefined) return has([`${path}: ${apsEnvironment}`]);
  if (isCode)
    return { verdict: 'not-checked', found: `${path} is code, which is not run here.`, fix: EXPO_FIX, link: LINK };
  if (!hasPlugins) return { verdict: 'problem', found: `No aps-environment in ${path}.`, fix: EXPO_FIX, link: LINK };
  const found = `No aps-environment in ${path}; one of its config plugins may add it.`;
  return { verdict: 'warning', found, fix: EXPO_FIX, link: LINK };
}

interface Judged {
  readonly state: 'has' | 'lacks' | 'unknown';
  readonly text: string;
}

function judgeTargets(facts: AppFacts): DoctorFinding {
  const judged = facts.targets.flatMap(({ name, configurations }) =>
    configurations.map((configuration) =>
      judgeFile(`${name} (${configuration.name})`, configuration.entitlements, facts.entitlements),
    ),
  );
  const textsOf = (wanted: Judged['state']): readonly string[] =>
    judged.filter(({ state }) => state === wanted).map(({ text }) => text);
  const lacking = textsOf('lacks');
  const [having, unknown] = [textsOf('has'), textsOf('unknown')];
  if (lacking.length > 0) {
    const found = [...lacking, ...having].join('; ');
    return { verdict: having.length > 0 ? 'warning' : 'problem', found: `${found}.`, fix: XCODE_FIX, link: LINK };
  }
  if (having.length > 0) return has([...having, ...unknown]);
  return { verdict: 'not-checked', found: `${unknown.join('; ')}.`, fix: XCODE_FIX, link: LINK };
}

function judgeFile(owner: string, path: string | undefined, files: readonly EntitlementsFacts[]): Judged {
  if (path === undefined) return { state: 'lacks', text: `${owner} names no entitlements file in its project` };
  const file = files.find((candidate) => candidate.path === path);
  if (file === undefined) return { state: 'unknown', text: `${owner}: ${path} could not be read` };
  if (file.apsEnvironment === undefined) return { state: 'lacks', text: `${owner}: no aps-environment in ${path}` };
  return { state: 'has', text: `${owner}: ${environmentText(file)}` };
}

function has(texts: readonly string[]): DoctorFinding {
  return { verdict: 'ok', found: `${texts.join('; ')}.`, link: LINK };
}

// Which APNs takes the tokens of such a build.
function environmentText({ apsEnvironment = '' }: EntitlementsFacts): string {
  switch (apsEnvironment) {
    case 'development':
      return 'development (sandbox APNs)';
    case 'production':
      return 'production (production APNs)';
    default:
      return apsEnvironment;
  }
}
