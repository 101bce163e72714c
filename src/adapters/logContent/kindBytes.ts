/** So many bytes of a content say what it is. */
export const KIND_BYTES = 64 * 1024;
