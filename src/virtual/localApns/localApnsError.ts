export const LocalApnsErrorCode = {
  portInUse: 'port-in-use',
  portNotAllowed: 'port-not-allowed',
  portInvalid: 'port-invalid',
  folderUnusable: 'folder-unusable',
  listenFailed: 'listen-failed',
} as const;

export type LocalApnsErrorCode = (typeof LocalApnsErrorCode)[keyof typeof LocalApnsErrorCode];

/** The local APNs could not start. The message says what happened and what to do, and never carries key material. */
export class LocalApnsError extends Error {
  override readonly name = 'LocalApnsError';
  readonly code: LocalApnsErrorCode;

  constructor(code: LocalApnsErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** The error of `listen` on a port, in words that help. */
export function listenError(port: number, cause: unknown): LocalApnsError {
  const systemCode = errorCode(cause);
  switch (systemCode) {
    case 'EADDRINUSE':
      return new LocalApnsError(
        LocalApnsErrorCode.portInUse,
        `Port ${port} is already in use on this computer. Stop the program that uses it, or choose another port; 0 picks a free one.`,
        cause,
      );
    case 'EACCES':
    case 'EPERM':
      return new LocalApnsError(
        LocalApnsErrorCode.portNotAllowed,
        `Port ${port} is not open to ordinary users. Choose a port above 1023; 0 picks a free one.`,
        cause,
      );
    case 'ERR_SOCKET_BAD_PORT':
      return new LocalApnsError(
        LocalApnsErrorCode.portInvalid,
        `${port} is not a port. Choose a whole number from 0 to 65535; 0 picks a free one.`,
        cause,
      );
    default:
      return new LocalApnsError(
        LocalApnsErrorCode.listenFailed,
        `The local APNs could not listen on 127.0.0.1:${port} (${systemCode ?? 'unknown error'}).`,
        cause,
      );
  }
}

/** The error of reading or writing the folder that holds certificates and keys. */
export function folderError(folder: string, cause: unknown): LocalApnsError {
  return new LocalApnsError(
    LocalApnsErrorCode.folderUnusable,
    `The local APNs could not keep its certificates in ${folder} (${errorCode(cause) ?? 'unknown error'}). Check that the folder exists or can be made, and that you may write to it.`,
    cause,
  );
}

/** The `code` of a Node.js system error, for example `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
