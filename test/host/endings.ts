/**
 * Calls back once when this process is to end: on Ctrl-C, SIGTERM or SIGHUP, and when the process that started it is
 * gone. A signal sent to npm reaches only the shell that npm started, and what that shell started would live on.
 */
export function whenToldToEnd(end: () => void): void {
  const parent = process.ppid;
  const underNpm = process.env['npm_lifecycle_event'] !== undefined;
  let told = false;
  const tell = (): void => {
    if (told) return;
    told = true;
    end();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, tell);
  const watch = setInterval(() => {
    if (underNpm && process.ppid !== parent) tell();
  }, 500);
  watch.unref();
}
