/** More lines than this, and a file has a seam worth finding. */
export const linesMax = 400;

/** Files that are nothing but rows of facts, in alphabetical order; they may be as long as the facts are. */
export const pureTables: readonly string[] = [];
