import type { State } from '../store/state.js';
import { attemptsOffered } from '../store/unfinished.js';
import { say } from '../words/words.js';
import type { KeyRow, KeyTable } from './key-row.js';
import { SCROLL } from './scroll-rows.js';

const onlyOne = ({ catalogue, overlay }: State): string | undefined => {
  const wanted = overlay?.name === 'unfinished' ? overlay.wanted : undefined;
  return attemptsOffered(catalogue.view, { wanted }).length < 2 ? say('no.other-unfinished') : undefined;
};
const CHOOSE: readonly KeyRow[] = SCROLL.map((row) =>
  row.bar === undefined ? row : { ...row, bar: 'choose', disabled: onlyOne },
);
const GO_ON: KeyRow = {
  keys: ['enter', 'y', 'right'],
  intent: 'yes',
  does: 'goes on where it stopped',
  bar: 'go on',
};

export const UNFINISHED_KEYS: KeyTable = {
  title: 'Unfinished attempts',
  rows: [
    GO_ON,
    { keys: ['esc', 'n', 'q', 'ctrl-c'], intent: 'no', does: 'not now; it stays in this list', bar: 'not now' },
    { keys: ['d'], intent: 'drop', does: 'drops it: it is not offered again', bar: 'drop it' },
    ...CHOOSE,
  ],
};

/** Where a lab was to begin of which attempts are unfinished. */
export const WANTED_KEYS: KeyTable = {
  title: 'An unfinished attempt',
  rows: [
    GO_ON,
    { keys: ['n'], intent: 'anew', does: 'begins anew; the unfinished one is kept', bar: 'begin anew' },
    { keys: ['esc', 'q', 'ctrl-c'], intent: 'no', does: 'neither', bar: 'back' },
    ...CHOOSE,
  ],
};
