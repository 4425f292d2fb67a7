import type { KeyRow, KeyTable } from './key-row.js';

const DOES = 'every command, to search and do';

/** Opens the palette on screens whose letters are keys. */
export const PALETTE_ROW: KeyRow = { keys: ['ctrl-p', ':'], intent: 'palette', does: DOES };

/** The same where letters are written. */
export const PALETTE_ROW_WHILE_WRITING: KeyRow = { ...PALETTE_ROW, keys: ['ctrl-p'] };

/** The same after the leader. */
export const PALETTE_LEADER_ROW: KeyRow = { keys: [' '], intent: 'palette', does: DOES, bar: 'commands' };

/** The palette; everything else is what is looked for. */
export const PALETTE_KEYS: KeyTable = {
  title: 'All commands',
  rows: [
    { keys: ['enter'], intent: 'open', does: 'does it', bar: 'do it' },
    { keys: ['up', 'ctrl-p'], intent: 'up', does: 'one row up' },
    { keys: ['down', 'ctrl-n', 'tab'], intent: 'down', does: 'one row down', bar: 'choose' },
    { keys: ['pageup'], intent: 'page-up', does: 'one page up' },
    { keys: ['pagedown'], intent: 'page-down', does: 'one page down' },
    { keys: ['home'], intent: 'home', does: 'to the first' },
    { keys: ['end'], intent: 'end', does: 'to the last' },
    { keys: ['backspace', 'ctrl-h'], intent: 'edit-erase', does: 'erases the last character' },
    { keys: ['ctrl-u', 'ctrl-w'], intent: 'clear', does: 'erases everything' },
    { keys: ['esc', 'F1', 'F3', 'F10', 'ctrl-c'], intent: 'back', does: 'closes', bar: 'close' },
  ],
};
