import { LINKS } from '../verdict/links';
import type { Link, VerdictKind } from '../verdict/verdict';

/** What a verdict means in general, where a delivery's own explanation is not at hand. */
interface VerdictRule {
  readonly meaning: string;
  readonly link: Link;
}

/** Every verdict as a rule, for tools that list rules and what was found of each. */
export const VERDICT_RULES: { readonly [K in VerdictKind]: VerdictRule } = {
  killed: {
    meaning:
      'The system ended the app over a VoIP push: the app must report a call to CallKit or LiveCommunicationKit, before its push handler returns and within about seven seconds.',
    link: LINKS.twoChecks,
  },
  'missing-report': {
    meaning:
      'mustReport was true, or unknown and then assumed to be true, and the app attempted no call report by the deadline. iOS ends such an app and after repeated violations stops delivering.',
    link: LINKS.mustReport,
  },
  'reported-late': {
    meaning: 'The app attempted its call report after the deadline, or after its push handler had returned.',
    link: LINKS.twoChecks,
  },
  blocked: {
    meaning: 'iOS refused to launch the app for the push, after repeated violations.',
    link: LINKS.block,
  },
  rejected: { meaning: 'APNs or simctl refused the push.', link: LINKS.responding },
  'send-failed': { meaning: 'The push got no answer.', link: LINKS.responding },
  undelivered: {
    meaning: 'The push was accepted, and nothing was seen of it while a log was watched.',
    link: LINKS.accepted,
  },
  inconclusive: {
    meaning: 'Nobody watched when it mattered: what is not there is not called missing.',
    link: LINKS.twoChecks,
  },
  pending: { meaning: 'The deadline for the call report has not passed.', link: LINKS.sevenSeconds },
  reported: { meaning: 'The app attempted its call report in time.', link: LINKS.responding },
  'reported-with-error': {
    meaning: 'The app attempted its call report in time, and the system answered with an error.',
    link: LINKS.responding,
  },
  'not-required': { meaning: 'No call report was required.', link: LINKS.mustReport },
};
