import { homedir, hostname, release, userInfo } from 'node:os';
import type { DoctorFinding } from '../../core/doctor/doctorReport';
import type { DoctorIdentity } from '../../core/doctor/redactChecks';

/** All that the doctor looks at, so that tests can show it another world. */
export interface DoctorWorld {
  /** As `process.platform`. */
  readonly platform: string;
  /** Version of the system's kernel, and the processor, for the report: `24.5.0 arm64`. */
  readonly system: string;
  /** As `process.versions.node`. */
  readonly nodeVersion: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly nowMs: () => number;
  readonly identity: DoctorIdentity;
  readonly apns: readonly ApnsHost[];
  /** Origins whose HTTP/2 answers may carry a date, to compare with this computer's clock. */
  readonly timeOrigins: readonly string[];
  /** Where the local APNs listens. */
  readonly loopback: string;
}

export interface ApnsHost {
  readonly environment: 'sandbox' | 'production';
  readonly host: string;
  readonly ports: readonly number[];
}

/** Where tools lie that are not on PATH, by name, as in the setting `voipPush.deviceTools.paths`. */
export type DeviceToolPaths = Readonly<Record<string, string>>;

export interface DoctorOptions {
  /** Name and version of this product, for the report. */
  readonly product: string;
  /** The editor it runs in, `VS Code 1.101.0`. */
  readonly editor?: string;
  /** Path of the app to look at. */
  readonly folder?: string;
  /** Where device log tools lie that are not on PATH. */
  readonly deviceToolPaths?: DeviceToolPaths;
  /** Leave out everything that needs the internet. */
  readonly isOffline?: boolean;
  /** What somebody else found out about the stored credentials. */
  readonly credentials?: readonly CredentialCheck[];
  /** How long one check may take. */
  readonly timeLimitMs?: number;
}

/** A verdict about one set of credentials; the title names it. */
export interface CredentialCheck extends DoctorFinding {
  readonly title: string;
}

const APNS_PORTS = [443, 2197] as const;

/**
 * The world of this process.
 *
 * APNs' hosts and ports: https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns
 */
export function realDoctorWorld(): DoctorWorld {
  return {
    platform: process.platform,
    system: `${release()} ${process.arch}`,
    nodeVersion: process.versions.node,
    env: process.env,
    nowMs: () => Date.now(),
    identity: { homeFolder: homedir(), userName: userName(), hostName: hostname() },
    apns: [
      { environment: 'production', host: 'api.push.apple.com', ports: APNS_PORTS },
      { environment: 'sandbox', host: 'api.sandbox.push.apple.com', ports: APNS_PORTS },
    ],
    // APNs' answers need not carry a date; Apple's web server's do.
    timeOrigins: ['https://api.push.apple.com', 'https://www.apple.com'],
    loopback: '127.0.0.1',
  };
}

/** Containers may run under a user id that has no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
