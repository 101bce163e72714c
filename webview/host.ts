import type { FromTimeline, ToTimeline } from '../src/protocol';

interface VsCodeApi {
  postMessage(message: FromTimeline): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension's side of the panel, and the state VS Code keeps for it. */
export interface Host {
  post(message: FromTimeline): void;
  readState(): unknown;
  keepState(state: unknown): void;
  onMessage(listener: (message: ToTimeline) => void): void;
}

/** Connects to the extension. VS Code allows this once per page. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    readState: () => api.getState(),
    keepState: (state) => api.setState(state),
    onMessage: (listener) => {
      window.addEventListener('message', (event: MessageEvent<ToTimeline>) => listener(event.data));
    },
  };
}
