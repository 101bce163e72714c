/** A module by its path without `.ts`. The build gives the text of a bundle that a worker thread can run. */
declare module '*?thread' {
  const code: string;
  // biome-ignore lint/style/noDefaultExport: it is what a loader of esbuild gives
  export default code;
}
