import {
  type Badge,
  type Button,
  type Checkbox,
  type Dropdown,
  provideVSCodeDesignSystem,
  type TextField,
  vsCodeBadge,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { type ActionIcon, actionIcon } from './icons';

provideVSCodeDesignSystem().register(
  vsCodeBadge(),
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeTextField(),
);

/** A button with an icon, words, or both. */
export interface ButtonOptions {
  /** Shown beside the icon; in an icon button only said. */
  readonly label: string;
  readonly title: string;
  readonly appearance: 'primary' | 'secondary' | 'icon';
  readonly icon?: ActionIcon;
  readonly onClick: () => void;
}

/** A button; its words can be changed with `setButtonLabel`. */
export function createButton({ label, title, appearance, icon, onClick }: ButtonOptions): Button {
  const button = document.createElement('vscode-button') as Button;
  // As an attribute, and at once: the toolkit gives a button without one the name "Icon Button".
  if (appearance === 'icon') button.setAttribute('aria-label', label);
  button.appearance = appearance;
  button.title = title;
  if (icon) {
    const drawing = actionIcon(icon);
    if (appearance !== 'icon') drawing.setAttribute('slot', 'start');
    button.append(drawing);
  }
  if (appearance !== 'icon') {
    const words = document.createElement('span');
    words.className = 'buttonLabel';
    words.textContent = label;
    button.append(words);
  }
  button.addEventListener('click', onClick);
  return button;
}

/** Changes the words of a button that has some, and nothing else of it. */
export function setButtonLabel(button: Button, label: string): void {
  const words = button.querySelector('.buttonLabel');
  if (words && words.textContent !== label) words.textContent = label;
}

/** A choice of one. */
export function createDropdown<T extends string>(
  label: string,
  titles: { readonly [V in T]: string },
  onChange: (value: T) => void,
): Dropdown {
  const dropdown = document.createElement('vscode-dropdown') as Dropdown;
  const values = Object.keys(titles) as T[];
  for (const value of values) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', value);
    option.textContent = titles[value];
    dropdown.append(option);
  }
  dropdown.setAttribute('aria-label', label);
  dropdown.addEventListener('change', () => {
    const value = values.find((candidate) => candidate === dropdown.value);
    if (value !== undefined) onChange(value);
  });
  return dropdown;
}

/** A field of text; `onInput` hears every keystroke. */
export function createTextField(label: string, placeholder: string, onInput: (text: string) => void): TextField {
  const field = document.createElement('vscode-text-field') as TextField;
  field.placeholder = placeholder;
  // The toolkit overwrites the name with "Text field" when the field enters the page.
  queueMicrotask(() => field.setAttribute('aria-label', label));
  field.addEventListener('input', () => onInput(field.value));
  return field;
}

/** A choice of yes or no. */
export function createCheckbox(label: string, title: string, onChange: (on: boolean) => void): Checkbox {
  const checkbox = document.createElement('vscode-checkbox') as Checkbox;
  checkbox.textContent = label;
  checkbox.title = title;
  checkbox.addEventListener('change', () => onChange(checkbox.checked));
  return checkbox;
}

/** A short word on a colored ground. */
export function createBadge(): Badge {
  return document.createElement('vscode-badge') as Badge;
}
