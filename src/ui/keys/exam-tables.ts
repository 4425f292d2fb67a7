import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { KeyRow, KeyTable } from './key-row.js';
import { PALETTE_ROW } from './palette-rows.js';
import { SCROLL, SCROLL_QUIETLY } from './scroll-rows.js';

const everythingEarned = ({ exam }: State): string | undefined =>
  exam?.result?.tasks.every(({ points, total }) => points >= total) ? say('no.task-to-redo') : undefined;

/** How a list is gone through. */
const CHOOSE: readonly KeyRow[] = SCROLL.map((row) => (row.bar === undefined ? row : { ...row, bar: 'choose' }));

/** Before an exam begins. */
export const EXAM_START_KEYS: KeyTable = {
  title: 'Before the exam',
  rows: [
    { keys: ['enter'], intent: 'open', does: 'begins the exam: the clock runs', bar: 'begin' },
    { keys: ['i'], intent: 'interruptions', does: 'whether interruptions count', bar: 'interruptions' },
    { keys: ['c'], intent: 'coach', does: 'whether the pace is shown', bar: 'pace' },
    { keys: ['esc', 'q', 'left', 'F10'], intent: 'back', does: 'to the catalogue', bar: 'back' },
    ...SCROLL_QUIETLY,
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys' },
    PALETTE_ROW,
    { keys: ['ctrl-c'], intent: 'quit', does: 'quits' },
  ],
};

/** Whether an unfinished exam is dropped. */
export const DROP_KEYS: KeyTable = {
  title: 'Dropping an attempt',
  rows: [
    { keys: ['d'], intent: 'drop', does: 'drops it: it is not offered again', bar: 'drop it' },
    { keys: ['esc', 'enter', 'n', 'q', 'ctrl-c'], intent: 'no', does: 'keeps it', bar: 'keep it' },
  ],
};

/** Once it is graded. */
export const EXAM_RESULT_KEYS: KeyTable = {
  title: 'Result',
  rows: [
    { keys: ['enter', 'right'], intent: 'open', does: 'what became of the task, check by check', bar: 'report' },
    {
      keys: ['r'],
      intent: 'redo',
      does: 'does the next task again that has not all its points, as a lab by itself',
      bar: 'redo what failed',
      disabled: everythingEarned,
    },
    ...CHOOSE,
    { keys: ['esc', 'q', 'left', 'F10'], intent: 'leave', does: 'to the catalogue', bar: 'leave' },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    PALETTE_ROW,
    { keys: ['ctrl-c'], intent: 'quit', does: 'quits' },
  ],
};

/** A task of a graded exam. */
export const EXAM_REPORT_KEYS: KeyTable = {
  title: 'Report of a task',
  rows: [
    { keys: ['s'], intent: 'solution', does: 'the solution', bar: 'solution' },
    { keys: ['e'], intent: 'explanation', does: 'what it was about, and where to read on', bar: 'explanation' },
    { keys: ['d'], intent: 'typed', does: 'what you typed', bar: 'typed' },
    { keys: ['r'], intent: 'again-same', does: 'does the task again, as a lab by itself', bar: 'do it again' },
    { keys: ['p', 'F6'], intent: 'previous', does: 'the task before' },
    { keys: ['n', 'F7'], intent: 'next', does: 'the next task', bar: 'next task' },
    ...SCROLL_QUIETLY,
    {
      keys: ['esc', 'b', 'q', 'left', 'F10'],
      intent: 'back',
      does: 'back: to the checks, then to the result',
      bar: 'back',
    },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys' },
    PALETTE_ROW,
    { keys: ['ctrl-c'], intent: 'quit', does: 'quits' },
  ],
};

/** The list of tasks; digits choose one by its number. */
export const JUMP_KEYS: KeyTable = {
  title: 'Jump',
  rows: [
    { keys: ['enter', 'right'], intent: 'open', does: 'goes to the task; so does its number', bar: 'go there' },
    ...CHOOSE,
    { keys: ['esc', 'q', 'F3', 'F8', 'left', 'ctrl-c'], intent: 'back', does: 'closes', bar: 'close' },
  ],
};

/** The notepad; everything else is written into it. */
export const NOTES_KEYS: KeyTable = {
  title: 'Notes',
  rows: [
    { keys: ['esc', 'F9', 'F3', 'ctrl-c'], intent: 'back', does: 'closes; what was written is kept', bar: 'close' },
    { keys: ['enter'], intent: 'edit-newline', does: 'a new line' },
    { keys: ['backspace'], intent: 'edit-erase', does: 'erases the character before the cursor' },
    { keys: ['delete'], intent: 'edit-delete', does: 'erases the character at the cursor' },
    { keys: ['left'], intent: 'edit-left', does: 'one character left' },
    { keys: ['right'], intent: 'edit-right', does: 'one character right' },
    { keys: ['up'], intent: 'edit-up', does: 'one line up' },
    { keys: ['down'], intent: 'edit-down', does: 'one line down' },
    { keys: ['home', 'ctrl-a'], intent: 'edit-home', does: 'to the beginning of the line' },
    { keys: ['end', 'ctrl-e'], intent: 'edit-end', does: 'to the end of the line' },
  ],
};
