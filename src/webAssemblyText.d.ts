/** A WebAssembly program as text. The build gives its bytes. */
declare module '*.wat' {
  const program: Uint8Array<ArrayBuffer>;
  // biome-ignore lint/style/noDefaultExport: it is what a loader of esbuild gives
  export default program;
}
