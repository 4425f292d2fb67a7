/** Command lines, behind their file, whose answer is not the real helm's, and why. */
export const DIFFERENCES: Readonly<Record<string, string>> = {};
