import { isDone, stepAt } from '../store/learn-state.js';
import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { KeyRow, KeyTable } from './key-row.js';
import { PALETTE_ROW, PALETTE_ROW_WHILE_WRITING } from './palette-rows.js';
import { PRACTICE_LEADER_ROWS } from './practice-tables.js';
import { REAL_LEADER_ROWS } from './real-tables.js';
import { APP_KEYS, LEADER_KEYS } from './tables.js';

const notDone = ({ lab }: State): string | undefined => {
  const step = lab?.lesson && stepAt(lab.lesson);
  if (!lab?.lesson || !step) return say('no.step-after');
  return step.checks.length === 0 || isDone(lab.lesson, step) ? undefined : say('no.step-done');
};

const firstStep = ({ lab }: State): string | undefined => (lab?.lesson?.at === 0 ? say('no.step-before') : undefined);

const noSolution = ({ lab }: State): string | undefined =>
  lab?.lesson && stepAt(lab.lesson)?.solution.length ? undefined : say('no.solution');

const allTyped = ({ lab }: State): string | undefined => {
  const step = lab?.lesson && stepAt(lab.lesson);
  if (!lab?.lesson || !step || step.solution.length === 0) return say('no.solution');
  if (isDone(lab.lesson, step)) return say('no.step-to-do');
  return lab.lesson.typed >= step.solution.length ? say('no.step-solution-left') : undefined;
};

const nothingToLookAt = ({ lab }: State): string | undefined => {
  const step = lab?.lesson && stepAt(lab.lesson);
  return step && step.checks.length > 0 && !isDone(lab.lesson, step) ? undefined : say('no.look');
};

const LEAVE = 'leaves; you can go on with the lesson later';

/** Keys at a lesson; they stand before the app's own. */
const OWN: readonly KeyRow[] = [
  {
    keys: ['F7'],
    intent: 'lesson-next',
    does: 'the next step, when this one is done',
    bar: 'next step',
    disabled: notDone,
  },
  {
    keys: ['F5'],
    intent: 'lesson-solution',
    does: "shows or hides this step's solution",
    bar: 'solution',
    disabled: noSolution,
  },
  {
    keys: ['F6'],
    intent: 'lesson-type',
    does: "types and runs the next line of this step's solution",
    bar: 'type it',
    disabled: allTyped,
  },
  { keys: ['F8'], intent: 'lesson-previous', does: 'the step before, to read it again', disabled: firstStep },
  { keys: ['F9'], intent: 'lesson-look', does: 'looks now whether the step is done', disabled: nothingToLookAt },
  { keys: ['F10'], intent: 'leave', does: LEAVE, bar: 'leave', rank: 3 },
];

const OWN_LEADER: readonly KeyRow[] = [
  {
    keys: ['n'],
    intent: 'lesson-next',
    does: 'the next step, when this one is done',
    bar: 'next step',
    disabled: notDone,
  },
  {
    keys: ['s'],
    intent: 'lesson-solution',
    does: "shows or hides this step's solution",
    bar: 'solution',
    disabled: noSolution,
  },
  {
    keys: ['y'],
    intent: 'lesson-type',
    does: "types and runs the next line of this step's solution",
    bar: 'type it',
    disabled: allTyped,
  },
  { keys: ['p'], intent: 'lesson-previous', does: 'the step before, to read it again', disabled: firstStep },
  { keys: ['d'], intent: 'lesson-look', does: 'looks now whether the step is done', disabled: nothingToLookAt },
  { keys: ['q'], intent: 'leave', does: LEAVE, bar: 'leave' },
];

/** What means nothing at a lesson. */
const NOT_IN_LESSONS: readonly KeyRow['intent'][] = [
  ...(['flag', 'previous', 'next', 'jump', 'notes', 'finish', 'hints'] as const),
  ...PRACTICE_LEADER_ROWS.map(({ intent }) => intent),
  ...REAL_LEADER_ROWS.map(({ intent }) => intent),
];

const inLessons = ({ rows }: KeyTable): KeyRow[] => rows.filter(({ intent }) => !NOT_IN_LESSONS.includes(intent));

export const LESSON_KEYS: KeyTable = { title: 'Lesson', rows: [...OWN, ...inLessons(APP_KEYS)] };

export const LESSON_LEADER_KEYS: KeyTable = {
  title: 'After the leader, Ctrl-]',
  rows: [...OWN_LEADER, ...inLessons(LEADER_KEYS)],
};

const noLessons = ({ lessons }: State): string | undefined =>
  lessons && lessons.rows.length > 0 ? undefined : say('no.lessons');

const notBegun = ({ lessons }: State): string | undefined =>
  lessons?.rows[lessons.cursor]?.open ? undefined : say('no.lesson-begun');

export const LESSONS_KEYS: KeyTable = {
  title: 'Lessons',
  rows: [
    {
      keys: ['enter', 'right'],
      intent: 'open',
      does: 'begins a lesson, or goes on with it',
      bar: 'open',
      disabled: noLessons,
    },
    { keys: ['n'], intent: 'lesson-anew', does: 'begins it anew, on a fresh cluster', bar: 'anew', disabled: notBegun },
    { keys: ['up', 'k'], intent: 'up', does: 'one row up' },
    { keys: ['down', 'j'], intent: 'down', does: 'one row down', bar: 'choose' },
    { keys: ['pageup'], intent: 'page-up', does: 'one page up' },
    { keys: ['pagedown', ' '], intent: 'page-down', does: 'one page down' },
    { keys: ['home', 'g'], intent: 'home', does: 'to the first row' },
    { keys: ['end', 'G'], intent: 'end', does: 'to the last row' },
    { keys: ['v'], intent: 'review', does: 'asks cards', bar: 'review cards' },
    { keys: ['esc', 'left'], intent: 'back', does: 'to the catalogue of labs', bar: 'labs' },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    PALETTE_ROW,
    { keys: ['q', 'ctrl-c', 'F10'], intent: 'quit', does: 'quits', bar: 'quit' },
  ],
};

const REVIEW_WAY_OUT: readonly KeyRow[] = [
  { keys: ['up'], intent: 'up', does: 'one row up' },
  { keys: ['down'], intent: 'down', does: 'one row down' },
  { keys: ['pageup'], intent: 'page-up', does: 'one page up' },
  { keys: ['pagedown'], intent: 'page-down', does: 'one page down' },
  { keys: ['esc', 'F10', 'q'], intent: 'leave', does: 'leaves; what was answered is kept', bar: 'leave', rank: 3 },
  { keys: ['F1', '?'], intent: 'help', does: 'shows these keys', bar: 'keys' },
  PALETTE_ROW,
  { keys: ['ctrl-c'], intent: 'quit', does: 'quits' },
];

const NUMBERS = [1, 2, 3, 4, 5, 6, 7] as const;

const numbers = (does: string, bar: string): KeyRow[] =>
  NUMBERS.map((number): KeyRow => {
    const row: KeyRow = {
      keys: [String(number)],
      intent: `number-${number}`,
      does,
      values: { number },
      disabled: ({ review }) => (number <= (review?.card?.texts.length ?? 0) ? undefined : say('no.such-choice')),
    };
    return number === 1 ? { ...row, barKeys: ['1', '2', '…'], bar } : row;
  });

const nothingTaken = ({ review }: State): string | undefined =>
  review && review.given.length > 0 ? undefined : say('no.choice-taken');

/** One of several choices is right. */
export const REVIEW_CHOICE_KEYS: KeyTable = {
  title: 'A question',
  rows: [...numbers('answers {number}', 'answer'), ...REVIEW_WAY_OUT],
};

/** Several choices are right. */
export const REVIEW_CHOICES_KEYS: KeyTable = {
  title: 'A question with several right answers',
  rows: [
    ...numbers('takes {number}, or puts it back', 'take'),
    { keys: ['enter'], intent: 'answer', does: 'answers with what is taken', bar: 'answer', disabled: nothingTaken },
    ...REVIEW_WAY_OUT,
  ],
};

export const REVIEW_ORDER_KEYS: KeyTable = {
  title: 'Something to put in order',
  rows: [
    ...numbers('{number} comes next', 'comes next'),
    { keys: ['backspace'], intent: 'undo', does: 'takes the last one back', bar: 'takes back', disabled: nothingTaken },
    ...REVIEW_WAY_OUT,
  ],
};

/** All other keys go into the gap. */
export const REVIEW_GAP_KEYS: KeyTable = {
  title: 'A gap',
  rows: [
    { keys: ['enter'], intent: 'answer', does: 'answers with what stands in the gap', bar: 'answer' },
    { keys: ['backspace', 'ctrl-h'], intent: 'undo', does: 'erases the last character' },
    { keys: ['ctrl-u', 'ctrl-w'], intent: 'clear', does: 'erases everything' },
    { keys: ['esc', 'F10'], intent: 'leave', does: 'leaves; what was answered is kept', bar: 'leave' },
    { keys: ['F1'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    PALETTE_ROW_WHILE_WRITING,
    { keys: ['ctrl-c'], intent: 'quit', does: 'quits' },
  ],
};

export const REVIEW_ANSWERED_KEYS: KeyTable = {
  title: 'How well did you know it?',
  rows: [
    { keys: ['1'], intent: 'number-1', does: 'again: you did not know it', bar: 'again' },
    { keys: ['2'], intent: 'number-2', does: 'hard: you knew it with an effort', bar: 'hard' },
    { keys: ['3'], intent: 'number-3', does: 'good: you knew it', bar: 'good' },
    { keys: ['4'], intent: 'number-4', does: 'easy: you knew it at once', bar: 'easy' },
    { keys: ['enter', ' '], intent: 'answer', does: 'good when it was right, again when it was wrong', bar: 'go on' },
    ...REVIEW_WAY_OUT,
  ],
};

/** Nothing is left to be asked. */
export const REVIEW_DONE_KEYS: KeyTable = {
  title: 'Review',
  rows: [
    { keys: ['enter', 'esc', 'left'], intent: 'leave', does: 'back to where you came from', bar: 'leave' },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys' },
    PALETTE_ROW,
    { keys: ['q', 'ctrl-c', 'F10'], intent: 'quit', does: 'quits', bar: 'quit' },
  ],
};
