/** Cases in which our text in the end is not the real one's, each with its reason. */
export const DIFFERS_IN_TEXT: ReadonlyMap<string, string> = new Map([
  ['quoted.txt  das', 'a sentence is looked for on one line only'],
  ['quoted.txt  dis', 'a sentence is looked for on one line only'],
  ['quoted.txt  jjfadaB', 'the real one finds a block that only begins behind the cursor'],
]);

/**
 * Screens that may differ. They are of these kinds: messages longer than the bottom line, which the real one ends with a
 * prompt to press Enter; windows of 20 by 5; whether a message stays when the terminal's lines were moved; how far a
 * jump beyond the window scrolls; jumps by Ctrl-O, which is not here; search offsets of `b`.
 */
export const SCREENS_THAT_DIFFER_MAX = 40;
