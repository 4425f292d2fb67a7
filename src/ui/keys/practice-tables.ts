import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { KeyRow, KeyTable } from './key-row.js';
import { SCROLL, SCROLL_QUIETLY } from './scroll-rows.js';

const notInPractice = ({ lab }: State): string | undefined => {
  if (lab?.task !== undefined) return say('no.practice');
  return lab?.practice ? undefined : say('no.practice-here');
};
/** What needs a copy of the cluster, or that things are done again. */
const notOnReal = (state: State): string | undefined => (state.lab?.real ? say('no.on-real') : notInPractice(state));
const nothingToType = (state: State): string | undefined => {
  const practice = state.lab?.practice;
  if (state.lab?.real) return say('no.typed-on-real');
  if (!practice) return notInPractice(state);
  return practice.typed >= practice.steps.length ? say('no.solution-typed') : undefined;
};

/** What the leader has for practice. */
export const PRACTICE_LEADER_ROWS: readonly KeyRow[] = [
  { keys: ['g'], intent: 'checks', does: 'looks at the checks now, on a copy', bar: 'checks', disabled: notOnReal },
  {
    keys: ['r'],
    intent: 'moments',
    does: 'goes back to the start, or to a moment',
    bar: 'reset',
    disabled: notOnReal,
  },
  {
    keys: ['a'],
    intent: 'another',
    does: 'the same lab with another cause',
    bar: 'another cause',
    disabled: notOnReal,
  },
  {
    keys: ['s'],
    intent: 'solution',
    does: 'the solution in place of the task, and back',
    bar: 'solution',
    disabled: notInPractice,
  },
  {
    keys: ['y'],
    intent: 'solution-type',
    does: 'types the next step of the solution',
    bar: 'type it',
    disabled: nothingToType,
  },
];

const looking = ({ lab }: State): string | undefined => (lab?.practice?.looking ? say('checks.looking') : undefined);

/** While the checks are seen. */
export const CHECKS_KEYS: KeyTable = {
  title: 'Checks',
  rows: [
    { keys: ['esc', 'enter', 'q', 'F3', 'ctrl-c'], intent: 'back', does: 'back to the terminal', bar: 'terminal' },
    { keys: ['g'], intent: 'checks', does: 'looks again', bar: 'look again', disabled: looking },
    ...SCROLL,
  ],
};

const onlyStart = ({ overlay }: State): string | undefined =>
  overlay?.name === 'moments' && overlay.moments.length < 2 ? say('no.other-unfinished') : undefined;

/** While a moment is chosen. */
export const MOMENTS_KEYS: KeyTable = {
  title: 'Moments',
  rows: [
    { keys: ['enter', 'y', 'right'], intent: 'yes', does: 'goes back to it (asks once)', bar: 'go back to it' },
    { keys: ['esc', 'n', 'q', 'F3', 'ctrl-c'], intent: 'no', does: 'stays here', bar: 'stay' },
    ...SCROLL_QUIETLY.map((row) => (row.intent === 'down' ? { ...row, bar: 'choose', disabled: onlyStart } : row)),
  ],
};
