import * as vscode from 'vscode';
import { checkKeyId, checkTeamId } from '../../core/credentials/appleIds';
import { CredentialProblemCode, type ReadCredentials } from '../../core/credentials/credentials';
import type { LoadCredentialTools } from '../credentialPorts';
import type { CredentialStore } from '../credentialStore';
import { ExpectedFailure, messageOf } from '../expectedFailure';
import { askText, BACK, runSteps, type StepPlace } from '../inputSteps';

export interface CredentialParts {
  readonly credentials: CredentialStore;
  readonly loadCredentialTools: LoadCredentialTools;
}

const TITLE = 'Add credentials';

/** Reads a `.p8`, `.p12`, `.pfx` or `.pem` file, asks what it does not say, and stores it. Gives the name. */
export async function addCredentials({ credentials, loadCredentialTools }: CredentialParts): Promise<string> {
  const uri = await chooseFile();
  const fileName = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const read = await readAsking(uri, fileName, loadCredentialTools);
  let name = fileName;
  await runSteps(TITLE, [
    async (place) => {
      const answer = await askText(place, {
        prompt: `${read.description}. What to call it`,
        value: name,
        check: (text) => (text.trim() === '' ? 'Enter a name.' : undefined),
      });
      if (answer !== BACK) name = answer.trim();
      return undefined;
    },
  ]);
  await confirmReplacing(credentials, name);
  await credentials.add({ name, description: read.description }, read.credentials);
  vscode.window.setStatusBarMessage(`${name} stored: ${read.description}`, 5000);
  return name;
}

async function chooseFile(): Promise<vscode.Uri> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: 'The provider key or certificate',
      openLabel: 'Add Credentials',
      filters: { 'Key or certificate': ['p8', 'p12', 'pfx', 'pem'], 'All files': ['*'] },
    })) ?? [];
  if (uri === undefined) throw new vscode.CancellationError();
  return uri;
}

type Known = { passphrase?: string; keyId?: string; teamId?: string };

/** Asks for what the file does not say, and again while the answer is wrong. */
async function readAsking(uri: vscode.Uri, fileName: string, load: LoadCredentialTools): Promise<ReadCredentials> {
  const bytes = await readFile(uri);
  const tools = await load();
  const known: Known = {};
  for (;;) {
    const read = await tools.read(bytes, { fileName, ...known });
    if (read.ok) return read.value;
    const { code, message, remedy } = read.problem;
    const place: StepPlace = { title: `${TITLE}: ${fileName}`, step: 1, totalSteps: 1 };
    switch (code) {
      case CredentialProblemCode.passphraseNeeded:
      case CredentialProblemCode.wrongPassphrase:
        known.passphrase = await ask(place, { prompt: `${message} ${remedy}`, isSecret: true });
        break;
      case CredentialProblemCode.keyId:
        known.keyId = await ask(place, { prompt: message, placeholder: 'ABCDE12345', check: checkKeyId });
        break;
      case CredentialProblemCode.teamId:
        known.teamId = await ask(place, {
          prompt: `Team id of the key ${known.keyId ?? ''}`.trim(),
          placeholder: 'TEAM123456',
          check: checkTeamId,
        });
        break;
      default:
        throw new ExpectedFailure(`${message} ${remedy}`);
    }
  }
}

async function ask(place: StepPlace, question: Parameters<typeof askText>[1]): Promise<string> {
  const answer = await askText(place, question);
  if (answer === BACK) throw new vscode.CancellationError();
  return answer;
}

async function readFile(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    throw new ExpectedFailure(`The file could not be read: ${messageOf(error)}`);
  }
}

async function confirmReplacing({ entries }: CredentialStore, name: string): Promise<void> {
  const known = entries.find((entry) => entry.name === name);
  if (known === undefined) return;
  const replace = 'Replace';
  const detail = `Stored now: ${known.description}.`;
  const choice = await vscode.window.showWarningMessage(
    `Replace the credentials ${name}?`,
    { modal: true, detail },
    replace,
  );
  if (choice !== replace) throw new vscode.CancellationError();
}
