import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { ARTIFACTS } from './paths';
import { type Server, type Settings, writeSettings } from './server';

/** Each colour theme's usual name, and the file whose name the window carries as a class when it is in use. */
const THEMES = {
  'Default Dark Modern': 'dark_modern',
  'Default Light Modern': 'light_modern',
  'Default High Contrast': 'hc_black',
  'Default High Contrast Light': 'hc_light',
} as const;

/** A colour theme of VS Code by the name its settings know it by. */
export type Theme = keyof typeof THEMES;

interface Parts {
  readonly page: Page;
  readonly browser: Browser;
  readonly server: Server;
  readonly folder: string;
  readonly workDir: string;
}

/** A VS Code window under the hands of a test. */
export class Workbench {
  readonly page: Page;
  readonly server: Server;
  /** The folder that the window shows: a copy of what the test gave. */
  readonly folder: string;
  /** Errors that no code of the page caught. */
  readonly pageErrors: string[] = [];
  readonly #browser: Browser;
  readonly #workDir: string;

  constructor({ page, browser, server, folder, workDir }: Parts) {
    this.page = page;
    this.server = server;
    this.folder = folder;
    this.#browser = browser;
    this.#workDir = workDir;
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => this.pageErrors.push(String(error)));
  }

  /** Waits until the window has restored its parts: at the start, and after a reload. */
  async whenReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .part.sidebar, .monaco-workbench .part.editor').first().waitFor();
    // The window has colours of its own until the extension with the themes is known.
    await this.page.locator('.monaco-workbench[class*="vscode-theme-"]').first().waitFor();
  }

  /** Reloads the window the way a person does: a page that is reloaded from outside loses what the window had not saved. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.run('Developer: Reload Window');
    await loaded;
    await this.whenReady();
  }

  /** Runs a command from the palette by the title it has there, with its category: `VoIP Push: Show Timeline`. */
  async run(title: string, timeout = 30_000): Promise<void> {
    const end = Date.now() + timeout;
    // An open palette never shows commands that an extension brings later: it is opened again until the row is there.
    for (;;) {
      try {
        await this.#fillQuickInput('F1', `>${title}`);
        await this.#exactRow(title).click({ timeout: 1500 });
        // What the command opens may come in the palette's place: until then its rows are the palette's.
        await this.#exactRow(title).waitFor({ state: 'hidden' });
        return;
      } catch (error) {
        if (Date.now() > end) throw new Error(`No command "${title}" in the palette`, { cause: error });
      }
      await this.#closeQuickInput();
    }
  }

  /** Opens a file by its path in the folder and waits for its editor. */
  async openFile(path: string): Promise<void> {
    const name = basename(path);
    await this.#fillQuickInput('Control+P', path);
    await this.#rows().filter({ hasText: name }).first().click();
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.editor().locator('.view-line').first().waitFor();
  }

  /** Chooses the first row with that label in the quick pick that is open. */
  async pick(label: string): Promise<void> {
    const row = this.#rows().filter({ hasText: label }).first();
    // A long list only holds the rows in sight: typing brings the wanted one there.
    await this.#quickInput().fill(label);
    await row.click();
    // The next step's list may take its place. A list for choosing several stays.
    await row.waitFor({ state: 'hidden', timeout: 3000 }).catch(() => {});
  }

  /** The texts of the quick pick's rows in sight. */
  async choices(): Promise<readonly string[]> {
    await this.#rows().first().waitFor();
    return this.#rows().locator('.quick-input-list-label .label-name').allInnerTexts();
  }

  /** Answers the input box that is open. */
  async answer(text: string): Promise<void> {
    // It takes the place of a quick pick that was open before, in the same widget.
    await this.page.locator('.quick-input-widget .quick-input-list').waitFor({ state: 'hidden' });
    await this.#quickInput().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The text editor that is active. */
  editor(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Puts text at the cursor of the active editor, as pasting does: what is typed would be indented and have its brackets closed. */
  async type(text: string): Promise<void> {
    const input = this.editor().locator('.native-edit-context, textarea.inputarea').first();
    await input.focus();
    await input.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  }

  /** Replaces everything in the active editor. */
  async replaceText(text: string): Promise<void> {
    await this.editor().locator('.native-edit-context, textarea.inputarea').first().focus();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.type(text);
  }

  /** A status bar item by a text it shows. */
  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text }).first();
  }

  /** A row of a tree in a side bar or panel by a text it shows. */
  treeItem(text: string | RegExp): Locator {
    return this.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
  }

  /** A CodeLens of the active editor by a text it shows. */
  codeLens(text: string | RegExp): Locator {
    return this.editor().locator('.codelens-decoration a', { hasText: text }).first();
  }

  /** A notification by a text it shows. Its buttons are `.monaco-button` in it. */
  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /** The document inside a webview in sight; with several, counted in the order they were made. */
  webview(index = 0): FrameLocator {
    return this.page.frameLocator(`iframe.webview.ready >> nth=${index}`).frameLocator('iframe#active-frame');
  }

  /** Changes settings, which the window follows within a second. They win over those it was opened with. */
  changeSettings(settings: Settings): void {
    writeSettings(this.server.settingsFile, settings);
  }

  /** Switches the colour theme and waits for it. */
  async setTheme(theme: Theme): Promise<void> {
    // VS Code writes a theme's old name over with its new one, and a change at that moment is lost.
    this.changeSettings({ 'workbench.colorTheme': theme.replace(/^Default (?=.* Modern$)/, '') });
    await this.page.locator(`.monaco-workbench[class*="-themes-${THEMES[theme]}-json"]`).first().waitFor();
  }

  /** Takes a picture of the window into `test/artifacts/` and returns its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(ARTIFACTS, { recursive: true });
    const path = join(ARTIFACTS, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Closes the window, ends the server and removes what both kept on disk. */
  async close({ keepLogs = false } = {}): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
    if (!keepLogs) rmSync(this.#workDir, { recursive: true, force: true });
  }

  #quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input, .quick-input-filter input').first();
  }

  #rows(): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row');
  }

  /** `VoIP Push: Send` must not choose the row `VoIP Push: Send Again`. */
  #exactRow(title: string): Locator {
    const name = this.page.locator('.quick-input-list-label .label-name').getByText(title, { exact: true });
    return this.#rows().filter({ has: name }).first();
  }

  async #fillQuickInput(key: string, text: string): Promise<void> {
    await this.#leaveWebview();
    await this.page.keyboard.press(key);
    await this.#quickInput().waitFor({ timeout: 5000 });
    await this.#quickInput().fill(text);
  }

  /**
   * Keys pressed inside a webview reach the window late or not at all. And a webview that had the focus gets it back when
   * the palette closes, 50 ms later and more: the list that a command opens meanwhile would lose it, and close.
   */
  async #leaveWebview(): Promise<void> {
    await this.page.evaluate(
      'document.activeElement?.tagName === "IFRAME" && document.querySelector(".part.statusbar .statusbar-item a")?.focus()',
    );
  }

  async #closeQuickInput(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.#quickInput()
      .waitFor({ state: 'hidden' })
      .catch(() => {});
  }
}
