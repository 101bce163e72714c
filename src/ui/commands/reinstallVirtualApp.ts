import * as vscode from 'vscode';
import type { VirtualIphone } from '../virtualIphone';

/** Reinstalls the app on the virtual iPhone: no violations are counted any more, and the device token is a new one. */
export async function reinstallVirtualApp(virtualIphone: VirtualIphone): Promise<void> {
  await virtualIphone.reinstallApp();
  vscode.window.setStatusBarMessage('The virtual app was reinstalled and has a new device token', 5000);
}
