import * as vscode from 'vscode';

/** One question of a guided flow: asks and keeps the answer; or tells that the user wants back, or that it has nothing to ask. */
export type Step = (place: StepPlace) => Promise<typeof BACK | typeof SKIPPED | undefined>;

export const BACK = Symbol('back');
export const SKIPPED = Symbol('skipped');

/** Where a step is in its flow. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

/** Runs the steps in order; back goes one back. Cancels as a whole. */
export async function runSteps(title: string, steps: readonly Step[]): Promise<void> {
  let index = 0;
  let direction = 1;
  for (let step = steps[0]; step !== undefined; step = steps[index]) {
    const answer = await step({ title, step: index + 1, totalSteps: steps.length });
    // What is skipped is skipped on the way back, too.
    if (answer !== SKIPPED) direction = answer === BACK ? -1 : 1;
    index += direction;
  }
}

export interface TextQuestion {
  readonly prompt: string;
  readonly value?: string;
  readonly placeholder?: string;
  readonly isSecret?: boolean;
  /** Why a text is no answer, in one sentence. */
  readonly check?: (text: string) => string | undefined;
}

/** A text; rejects with a cancellation. */
export function askText(place: StepPlace, question: TextQuestion): Promise<string | typeof BACK> {
  const input = vscode.window.createInputBox();
  Object.assign(input, headOf(place));
  input.prompt = question.prompt;
  input.value = question.value ?? '';
  input.placeholder = question.placeholder;
  input.password = question.isSecret === true;
  input.ignoreFocusOut = true;
  input.buttons = place.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return ended(input, (resolve) => {
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidAccept(() => {
      const why = question.check?.(input.value);
      if (why === undefined) resolve(input.value);
      else input.validationMessage = why;
    });
  });
}

export interface Option<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** One of several; rejects with a cancellation. */
export function askOne<T>(
  place: StepPlace,
  placeholder: string,
  options: readonly Option<T>[],
  chosen?: T,
): Promise<T | typeof BACK> {
  const pick = vscode.window.createQuickPick<Option<T>>();
  Object.assign(pick, headOf(place));
  pick.placeholder = placeholder;
  pick.items = options;
  pick.activeItems = options.filter(({ value }) => value === chosen);
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.buttons = place.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  return ended(pick, (resolve) => {
    pick.onDidAccept(() => {
      const [selected] = pick.selectedItems;
      if (selected !== undefined) resolve(selected.value);
    });
  });
}

/** A flow of one question is not counted. */
function headOf({ title, step, totalSteps }: StepPlace): Partial<StepPlace> {
  return totalSteps === 1 ? { title } : { title, step, totalSteps };
}

function ended<T>(
  input: vscode.InputBox | vscode.QuickPick<Option<T>>,
  listen: (resolve: (answer: T) => void) => void,
): Promise<T | typeof BACK> {
  return new Promise<T | typeof BACK>((resolve, reject) => {
    listen(resolve);
    input.onDidTriggerButton(() => resolve(BACK));
    input.onDidHide(() => reject(new vscode.CancellationError()));
    input.show();
  }).finally(() => input.dispose());
}
