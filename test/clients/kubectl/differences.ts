/** Command lines whose answer is not the real client's, and why. */
export const DIFFERENCES: Readonly<Record<string, string>> = {};
