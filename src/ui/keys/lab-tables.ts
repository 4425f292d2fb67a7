import type { KeyTable } from './key-row.js';
import { SCROLL } from './scroll-rows.js';

/** While the task has the keys. */
export const TASK_KEYS: KeyTable = {
  title: 'In the task',
  rows: [...SCROLL, { keys: ['esc', 'enter', 'q'], intent: 'terminal', does: 'back to the terminal', bar: 'terminal' }],
};

/** While one scrolls back in the terminal. */
export const SCROLLBACK_KEYS: KeyTable = {
  title: 'In the scrollback',
  rows: [
    ...SCROLL,
    { keys: ['/'], intent: 'find', does: 'searches', bar: 'search' },
    { keys: ['esc', 'enter', 'q', 'ctrl-c'], intent: 'terminal', does: 'back to the prompt', bar: 'terminal' },
  ],
};

/** While what is looked for is typed; everything else goes into it. */
export const FIND_KEYS: KeyTable = {
  title: 'Search the terminal',
  rows: [
    { keys: ['enter', 'up'], intent: 'find-older', does: 'the next match, further back', bar: 'next' },
    { keys: ['down'], intent: 'find-newer', does: 'the match after' },
    { keys: ['backspace', 'ctrl-h'], intent: 'edit-erase', does: 'erases the last character' },
    { keys: ['esc', 'ctrl-c'], intent: 'terminal', does: 'back to the prompt', bar: 'back' },
  ],
};

/** From match to match. */
export const FOUND_KEYS: KeyTable = {
  title: 'In what was found',
  rows: [
    { keys: ['n', 'enter'], intent: 'find-older', does: 'the next match, further back', bar: 'next' },
    { keys: ['N'], intent: 'find-newer', does: 'the match after', bar: 'other way' },
    { keys: ['/'], intent: 'find', does: 'searches for something else', bar: 'search' },
    ...SCROLL,
    { keys: ['esc', 'q', 'ctrl-c'], intent: 'terminal', does: 'back to the prompt', bar: 'terminal' },
  ],
};
