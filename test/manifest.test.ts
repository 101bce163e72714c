import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { APP_BEHAVIORS, PhoneSystem } from '../src/core/virtualApp';
import {
  CommandId,
  ContextKey,
  SETTING_DEFAULTS,
  TIMELINE_PANEL_ID,
  TreeItemContext,
  VIEW_CONTAINER_ID,
  ViewId,
} from '../src/ui/contributions';
import { SYSTEM_TITLES } from '../src/ui/virtualWords';

interface MenuItem {
  readonly command: string;
  readonly when?: string;
  readonly group?: string;
}

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

interface Manifest {
  readonly main: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: string; readonly restrictedConfigurations: readonly string[] };
    readonly virtualWorkspaces: { readonly supported: string };
  };
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string; icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly keybindings: readonly (MenuItem & { key: string; mac: string })[];
    readonly languages: readonly { id: string; extensions: readonly string[] }[];
    readonly jsonValidation: readonly { fileMatch: readonly string[]; url: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly views: Readonly<Record<string, readonly { id: string; icon: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when?: string }[];
    readonly configurationDefaults: Readonly<Record<string, unknown>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { contributes } = manifest;
const commandIds: readonly string[] = Object.values(CommandId);
const viewIds: readonly string[] = Object.values(ViewId);
const menuItems = Object.values(contributes.menus).flat();

/** A command of VS Code itself. */
const MANAGE_TRUST = 'workbench.trust.manage';

const sorted = (texts: readonly string[]): readonly string[] => [...texts].sort();

/** Keys of VS Code itself: https://code.visualstudio.com/api/references/when-clause-contexts */
const VSCODE_KEYS = [
  'view',
  'viewItem',
  'editorTextFocus',
  'resourceFilename',
  'activeWebviewPanelId',
  'isWorkspaceTrusted',
];

/** The keys in a clause such as `view == voipPush.targets && viewItem =~ /^a$/`. */
function keysOf(when: string): readonly string[] {
  return when
    .split(/&&|\|\|/)
    .map((term) => term.trim().replace(/^!/, ''))
    .filter((term) => term !== 'false' && term !== 'true')
    .map((term) => String(term.split(/\s*(?:==|!=|=~)\s*/)[0]));
}

/** What `key` is compared with in all clauses, where it is an equality. */
function valuesOf(key: string): readonly string[] {
  return whenClauses.flatMap((when) =>
    [...when.matchAll(new RegExp(`\\b${key} == ([\\w.]+)`, 'g'))].map(([, value]) => String(value)),
  );
}

const whenClauses = [...menuItems, ...contributes.keybindings, ...contributes.viewsWelcome]
  .map(({ when }) => when)
  .filter((when) => when !== undefined);

describe('package.json and contributions.ts say the same', () => {
  it('commands', () => {
    assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), sorted(commandIds));
    for (const { command, title, category, icon } of contributes.commands) {
      assert.equal(category, 'VoIP Push', command);
      assert.match(title, /^[A-Z]/, command);
      if (icon !== undefined) assert.match(icon, /^\$\([a-z-]+\)$/, command);
    }
  });

  it('settings and their defaults', () => {
    const { properties } = contributes.configuration;
    const defaults = Object.fromEntries(Object.entries(properties).map(([id, setting]) => [id, setting.default]));
    assert.deepEqual(defaults, SETTING_DEFAULTS);
    for (const [id, { markdownDescription }] of Object.entries(properties)) {
      assert.match(markdownDescription, /\.$/, `${id} is described in sentences`);
    }
  });

  it('the words of the virtual iPhone', () => {
    const behavior = contributes.configuration.properties['voipPush.virtual.behavior'];
    assert.deepEqual(behavior?.enum, Object.keys(APP_BEHAVIORS));
    assert.deepEqual(
      behavior?.enumItemLabels,
      Object.values(APP_BEHAVIORS).map(({ title }) => title),
    );
    assert.deepEqual(
      behavior?.enumDescriptions,
      Object.values(APP_BEHAVIORS).map(({ description }) => description),
    );
    const system = contributes.configuration.properties['voipPush.virtual.system'];
    assert.deepEqual(system?.enum, Object.values(PhoneSystem));
    assert.deepEqual(
      system?.enumItemLabels,
      Object.values(PhoneSystem).map((each) => SYSTEM_TITLES[each]),
    );
  });

  it('views', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [VIEW_CONTAINER_ID],
    );
    assert.deepEqual(Object.keys(contributes.views), [VIEW_CONTAINER_ID]);
    assert.deepEqual(
      sorted(
        Object.values(contributes.views)
          .flat()
          .map(({ id }) => id),
      ),
      sorted(viewIds),
    );
    for (const { view } of contributes.viewsWelcome) assert.ok(viewIds.includes(view), view);
  });
});

describe('package.json holds together', () => {
  it('menus and keys run commands that exist', () => {
    for (const { command } of [...menuItems, ...contributes.keybindings])
      assert.ok(commandIds.includes(command), command);
    for (const { contents } of contributes.viewsWelcome) {
      const linked = [...contents.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => String(command));
      assert.ok(linked.length > 0);
      for (const command of linked) assert.ok([...commandIds, MANAGE_TRUST].includes(command), command);
    }
  });

  it('every when clause asks for keys that exist', () => {
    const known: readonly string[] = [...VSCODE_KEYS, ...Object.values(ContextKey)];
    const keys = whenClauses.flatMap(keysOf);
    assert.ok(keys.length > 0);
    for (const key of keys) assert.ok(known.includes(key), key);
    for (const key of Object.values(ContextKey)) assert.ok(keys.includes(key), `${key} is used`);
  });

  it('every when clause compares with what exists', () => {
    const items: readonly string[] = Object.values(TreeItemContext);
    for (const view of valuesOf('view')) assert.ok(viewIds.includes(view), view);
    for (const item of valuesOf('viewItem')) assert.ok(items.includes(item), item);
    assert.deepEqual([...new Set(valuesOf('activeWebviewPanelId'))], [TIMELINE_PANEL_ID]);
  });

  it('offers nothing that sends in restricted mode', () => {
    const sends: readonly string[] = [CommandId.sendPayload, CommandId.sendAgain, CommandId.reinstallVirtualApp];
    for (const { command, when } of menuItems.filter((item) => sends.includes(item.command)))
      assert.match(String(when), /(^|&& )isWorkspaceTrusted( &&|$)/, `${command} when ${when}`);
    for (const { contents, when } of contributes.viewsWelcome)
      assert.equal(contents.includes(CommandId.sendPayload), !when?.includes('!isWorkspaceTrusted'), when);
  });

  it('keeps payloads from opening over the timeline beside them', () => {
    // Webviews have their type with this prefix: https://github.com/microsoft/vscode/blob/1.101.0/src/vs/workbench/api/browser/mainThreadWebviewPanels.ts
    assert.deepEqual(contributes.configurationDefaults, {
      'workbench.editor.autoLockGroups': { [`mainThreadWebview-${TIMELINE_PANEL_ID}`]: true },
    });
  });

  it('the palette hides what needs an argument', () => {
    const hidden = contributes.menus['commandPalette']
      ?.filter(({ when }) => when === 'false')
      .map(({ command }) => command);
    assert.deepEqual(
      sorted(hidden ?? []),
      sorted([CommandId.showDelivery, CommandId.copyExplanation, CommandId.copyApnsUniqueId]),
    );
  });

  it('no two bindings share a key and a condition', () => {
    const bindings = contributes.keybindings.map(({ key, when }) => `${key} ${when}`);
    assert.equal(new Set(bindings).size, bindings.length);
    for (const { key, mac } of contributes.keybindings) assert.equal(mac, key.replace('ctrl', 'cmd'));
  });

  it('files are there', () => {
    const icons = [
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views)
        .flat()
        .map(({ icon }) => icon),
    ];
    for (const file of [...icons, ...contributes.jsonValidation.map(({ url }) => url)])
      assert.ok(existsSync(file), file);
    for (const { url } of contributes.jsonValidation) JSON.parse(readFileSync(url, 'utf8'));
  });

  it('payload files are JSON, and every pattern has its schema', () => {
    const { fileMatch } = contributes.jsonValidation[0] ?? {};
    assert.deepEqual(
      SETTING_DEFAULTS['voipPush.payloadFiles'].map((glob) => glob.replace('**/', '')),
      fileMatch,
    );
    assert.deepEqual(contributes.languages, [{ id: 'json', extensions: ['.apns'] }]);
  });

  it('wakes up for payloads and for the timeline of before', () => {
    assert.deepEqual(manifest.activationEvents, ['onLanguage:json', `onWebviewPanel:${TIMELINE_PANEL_ID}`]);
  });

  it('says what it does where workspaces are not trusted or virtual', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    assert.equal(untrustedWorkspaces.supported, 'limited');
    const restricted = Object.keys(SETTING_DEFAULTS).filter((id) =>
      /^voipPush\.(virtual|targets|deviceTools)(\.|$)/.test(id),
    );
    assert.deepEqual(sorted(untrustedWorkspaces.restrictedConfigurations), sorted(restricted));
    assert.equal(virtualWorkspaces.supported, 'limited');
  });

  it('is compiled against the oldest VS Code it claims to run on', () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies['@types/vscode']}`);
  });
});
