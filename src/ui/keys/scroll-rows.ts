import type { KeyRow } from './key-row.js';

/** The keys that scroll, wherever something does. */
export const SCROLL: readonly KeyRow[] = [
  { keys: ['up', 'k'], intent: 'up', does: 'one row up' },
  { keys: ['down', 'j'], intent: 'down', does: 'one row down', bar: 'scroll' },
  { keys: ['pageup'], intent: 'page-up', does: 'one page up' },
  { keys: ['pagedown', ' '], intent: 'page-down', does: 'one page down' },
  { keys: ['home'], intent: 'home', does: 'to the beginning' },
  { keys: ['end'], intent: 'end', does: 'to the end' },
];

/** The same where the bottom line has better things to say. */
export const SCROLL_QUIETLY = SCROLL.map(({ bar: _, ...row }): KeyRow => row);
