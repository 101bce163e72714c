/** Ends an exhaustive switch: the compiler refuses the call when a case of the union is left out. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
