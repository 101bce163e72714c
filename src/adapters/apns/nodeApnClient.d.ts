/** The parts of node-apn's undeclared inner client that this product uses. */
declare module '@parse/node-apn/lib/client' {
  export interface NodeApnLogger {
    (message: string): void;
    readonly enabled: boolean;
  }
  export interface NodeApnDependencies {
    readonly logger: NodeApnLogger;
    readonly errorLogger: NodeApnLogger;
    /** Turns the constructor's options into the client's settings. */
    readonly config: (options: unknown) => unknown;
    /** Stands in for node:http2. */
    readonly http2: {
      readonly constants: unknown;
      readonly connect: (url: string, settings: unknown) => unknown;
    };
  }
  export interface NodeApnClient {
    session: unknown;
    connect(): Promise<unknown>;
    write(
      notification: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown },
      subDirectory: string,
      type: 'device',
      method: 'post',
    ): Promise<unknown>;
    shutdown(): Promise<unknown>;
  }
  // biome-ignore lint/style/noDefaultExport: node-apn's module is this one function
  export default function createClientClass(dependencies: NodeApnDependencies): new (options: unknown) => NodeApnClient;
}
