import { CommandId } from './contributions';
import { createDeviceTarget, type DeviceTarget, type DeviceTargetOptions } from './deviceTarget';
import { createListeners, type Disposable } from './listeners';
import type { SavedTarget } from './savedTargets';
import type { TargetList } from './targets';

/** The devices of the settings. */
export interface Devices extends TargetList {
  readonly targets: readonly DeviceTarget[];
  /** Takes over changed settings. */
  applySettings(): void;
  close(): Promise<void>;
}

export interface DevicesOptions extends DeviceTargetOptions {
  readonly settings: () => readonly SavedTarget[];
}

export function createDevices(options: DevicesOptions): Devices {
  const changed = createListeners<void>();
  let targets: readonly DeviceTarget[] = [];
  let subscriptions: readonly Disposable[] = [];

  function applySettings(): void {
    const before = targets;
    targets = options.settings().map((saved) => {
      const known = before.find((target) => JSON.stringify(target.saved) === JSON.stringify(saved));
      return known ?? createDeviceTarget(saved, options);
    });
    for (const target of before) {
      if (!targets.includes(target)) void target.close();
    }
    for (const subscription of subscriptions) subscription.dispose();
    subscriptions = targets.map((target) => target.onDidChange(() => changed.tell()));
    changed.tell();
  }

  applySettings();
  const credentials = options.credentials.onDidChange(() => changed.tell());
  return {
    title: 'Devices',
    get targets() {
      return targets;
    },
    get note() {
      if (targets.length > 0) return undefined;
      return { label: 'No devices', remedy: { label: 'Add Device Target…', command: CommandId.addDeviceTarget } };
    },
    onDidChange: changed.add,
    applySettings,
    async close() {
      await Promise.all(targets.map((target) => target.close()));
    },
    dispose() {
      credentials.dispose();
      for (const subscription of subscriptions) subscription.dispose();
      changed.clear();
    },
  };
}
