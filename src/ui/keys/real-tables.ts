import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { KeyRow, KeyTable } from './key-row.js';
import { SCROLL_QUIETLY } from './scroll-rows.js';

const onlyOnReal = ({ lab }: State): string | undefined => (lab?.real ? undefined : say('no.only-on-real'));

/** What the leader has for attempts on a real cluster. */
export const REAL_LEADER_ROWS: readonly KeyRow[] = [
  {
    keys: ['z'],
    intent: 'whole-window',
    does: 'on a real cluster: a shell in the whole window, until you type exit',
    disabled: onlyOnReal,
  },
];

/** While it is asked whether a real cluster may be changed: nothing that is pressed by habit says yes. */
export const ASK_KEYS: KeyTable = {
  title: 'A real cluster',
  rows: [
    { keys: ['y'], intent: 'yes', does: 'yes, go on', bar: 'yes, go on' },
    { keys: ['esc', 'n', 'q', 'ctrl-c'], intent: 'no', does: 'no, leave everything as it is', bar: 'no' },
    ...SCROLL_QUIETLY,
  ],
};
