import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { KeyTable } from './key-row.js';

const atTheEnd = ({ replay }: State): string | undefined => (replay?.ended ? say('no.replay-left') : undefined);

/** Keys while an attempt is played. */
export const REPLAY_KEYS: KeyTable = {
  title: 'Replay',
  rows: [
    { keys: [' '], intent: 'replay-pause', does: 'pauses, and goes on', bar: 'pause', disabled: atTheEnd },
    { keys: ['right'], intent: 'replay-on', does: 'jumps on by ten seconds', bar: '10 s on', disabled: atTheEnd },
    {
      keys: ['n', 'down'],
      intent: 'replay-line',
      does: 'jumps on to where the next command was entered',
      bar: 'next command',
      disabled: atTheEnd,
    },
    { keys: ['+', '='], intent: 'replay-faster', does: 'faster', bar: 'speed', barKeys: ['+', '-'] },
    { keys: ['-'], intent: 'replay-slower', does: 'slower' },
    { keys: ['home', '0'], intent: 'replay-anew', does: 'from the beginning', bar: 'again' },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    { keys: ['q', 'esc', 'ctrl-c', 'F10'], intent: 'quit', does: 'ends', bar: 'end' },
  ],
};
