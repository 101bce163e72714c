import { cleanText } from './cleanText';

/** How grave SARIF calls it. */
export type SarifLevel = 'error' | 'warning' | 'note';

/** A kind of problem, described once. */
export interface SarifRule {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  /** Source of the help. */
  readonly helpUrl: string;
  readonly level: SarifLevel;
}

/** A stretch of a file; lines and columns from one, columns in UTF-16 code units, the end excluded. */
export interface SarifLocation {
  /** Relative to the root of the sources with `/`, or absolute (`file:///…`); encoded as a URI. */
  readonly uri: string;
  readonly startLine?: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** What is there, for a location beside the main one. */
  readonly message?: string;
}

/** One problem that was found. */
export interface SarifResult {
  readonly ruleId: string;
  readonly level: SarifLevel;
  readonly message: string;
  /** Where it is; a result need not have a location. */
  readonly location?: SarifLocation;
  /** What belongs to it elsewhere. */
  readonly related?: readonly SarifLocation[];
}

/**
 * A SARIF 2.1.0 log as JSON, with those of `rules` that have a result.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(version: string, rules: readonly SarifRule[], results: readonly SarifResult[]): string {
  const used = new Set(results.map(({ ruleId }) => ruleId));
  const listed = rules.filter(({ id }) => used.has(id));
  const indexes = new Map(listed.map(({ id }, index) => [id, index]));
  const driver = { name: 'voip-push', fullName: 'VoIP Push Debugger', version, rules: listed.map(ruleObject) };
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        results: results.map((result) => resultObject(result, indexes.get(result.ruleId))),
      },
    ],
  });
}

function ruleObject({ id, title, help, helpUrl, level }: SarifRule) {
  return {
    id,
    shortDescription: { text: messageText(title) },
    fullDescription: { text: messageText(help) },
    help: { text: `${messageText(help)}\n${helpUrl}`, markdown: `${help} [Source](${helpUrl})` },
    helpUri: helpUrl,
    defaultConfiguration: { level },
  };
}

function resultObject({ ruleId, level, message, location, related = [] }: SarifResult, ruleIndex: number | undefined) {
  return {
    ruleId,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level,
    message: { text: messageText(message) },
    ...(location !== undefined && { locations: [locationObject(location)] }),
    ...(related.length > 0 && {
      relatedLocations: related.map((one, index) => ({ id: index + 1, ...locationObject(one) })),
    }),
  };
}

// file:///tmp/device.ndjson
const ABSOLUTE = /^[a-z][a-z\d+.-]*:/i;

function locationObject({ uri, message, ...region }: SarifLocation) {
  // %SRCROOT% is what a reader calls the root of the sources; without a definition of it here, the reader knows best.
  const artifactLocation = ABSOLUTE.test(uri) ? { uri } : { uri, uriBaseId: '%SRCROOT%' };
  return {
    physicalLocation: { artifactLocation, ...(region.startLine !== undefined && { region }) },
    ...(message !== undefined && { message: { text: messageText(message) } }),
  };
}

/**
 * Braces are doubled, as placeholders have single ones (section 3.11.5), and what looks like an embedded link,
 * `[text](target)`, is none (section 3.11.6).
 */
function messageText(text: string): string {
  return cleanText(text)
    .replace(/[{}]/g, '$&$&')
    .replace(/\[(?=[^\]]*\]\()/g, '\\[');
}
