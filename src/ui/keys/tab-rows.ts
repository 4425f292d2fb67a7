import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { KeyRow } from './key-row.js';

const onlyThis = ({ lab }: State): string | undefined => (lab?.tabs ? undefined : say('no.other-terminal'));
const theLast = ({ lab }: State): string | undefined => (lab?.tabs ? undefined : say('no.terminal-to-close'));

export const TAB_CLOSE_KEY = 'x';

/** Several terminals for one task, after the leader. */
export const TAB_ROWS: readonly KeyRow[] = [
  { keys: ['c'], intent: 'tab-new', does: 'opens another terminal for the task', bar: 'new terminal' },
  {
    keys: ['tab'],
    intent: 'tab-next',
    does: 'goes to the next terminal',
    bar: 'next one',
    rank: 2,
    disabled: onlyThis,
  },
  { keys: ['shift-tab'], intent: 'tab-previous', does: 'goes to the terminal before', disabled: onlyThis },
  {
    keys: [TAB_CLOSE_KEY],
    intent: 'tab-close',
    does: 'closes this terminal (asks when a program runs in it)',
    bar: 'close',
    rank: 2,
    disabled: theLast,
  },
];
