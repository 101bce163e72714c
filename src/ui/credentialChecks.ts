import type { CredentialFinding } from '../core/credentials/credentials';
import type { DoctorFinding } from '../core/doctor/doctorReport';
import type { CredentialParts } from './commands/addCredentials';
import type { SavedTarget } from './savedTargets';

/** A verdict about stored credentials, for the doctor's report; the title names them. */
export interface CredentialCheck extends DoctorFinding {
  readonly title: string;
}

/** Checks all stored credentials without sending, each against every target that uses them. */
export async function checkStoredCredentials(
  { credentials, loadCredentialTools }: CredentialParts,
  targets: readonly SavedTarget[],
): Promise<readonly CredentialCheck[]> {
  if (credentials.entries.length === 0) return [];
  const tools = await loadCredentialTools();
  return await Promise.all(
    credentials.entries.map(async ({ name, description }) => {
      const title = `Credentials ${name}`;
      const stored = await credentials.read(name);
      if (stored === undefined) {
        const found = 'They cannot be read from the secret storage.';
        return { title, verdict: 'problem', found, fix: 'Add them again.' } as const;
      }
      const uses = targets.filter((target) => target.credentials === name);
      const findings = [undefined, ...uses].flatMap((use) => tools.validate(stored, use));
      return { title, ...judged(description, findings) };
    }),
  );
}

function judged(description: string, findings: readonly CredentialFinding[]): DoctorFinding {
  const wrong = findings.filter(({ severity }) => severity !== 'info');
  const words = new Set([`${description}.`, ...wrong.map(({ message }) => message)]);
  const fixes = new Set(wrong.map(({ remedy }) => remedy).filter((remedy) => remedy !== undefined));
  const isBroken = wrong.some(({ severity }) => severity === 'error');
  return {
    verdict: isBroken ? 'problem' : wrong.length > 0 ? 'warning' : 'ok',
    found: [...words].join(' '),
    ...(fixes.size > 0 && { fix: [...fixes].join(' ') }),
  };
}
