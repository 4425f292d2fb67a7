import { valuesIn } from '../markdown/values.js';
import type { State } from '../store/state.js';
import { say } from '../words/words.js';
import type { KeyTable } from './key-row.js';
import { PALETTE_LEADER_ROW, PALETTE_ROW, PALETTE_ROW_WHILE_WRITING } from './palette-rows.js';
import { PRACTICE_LEADER_ROWS } from './practice-tables.js';
import { REAL_LEADER_ROWS } from './real-tables.js';
import { SCROLL, SCROLL_QUIETLY } from './scroll-rows.js';
import { TAB_ROWS } from './tab-rows.js';

const onlyInExams = ({ lab }: State): string | undefined =>
  lab?.task === undefined ? say('no.only-in-exams') : undefined;
const noHints = ({ lab }: State): string | undefined => {
  if (lab?.task !== undefined) return say('no.hints-in-exams');
  return lab && lab.view.hints.length === 0 ? say('no.hints') : undefined;
};
const noExam = ({ catalogue }: State): string | undefined =>
  catalogue.view.exams.length === 0 ? say('no.exam') : undefined;
const noValues = ({ lab }: State): string | undefined =>
  lab && valuesIn(lab.view.task).length === 0 ? say('no.values') : undefined;

const noUnfinished = ({ catalogue }: State): string | undefined =>
  catalogue.view.unfinished.length === 0 ? say('no.unfinished') : undefined;

const noStep =
  (number: number) =>
  ({ catalogue }: State): string | undefined =>
    catalogue.view.history.next.length < number ? say('no.step') : undefined;

/** Keys that are the app's even while the terminal has the focus. */
export const APP_KEYS: KeyTable = {
  title: 'Always',
  rows: [
    { keys: ['F1'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    { keys: ['F2'], intent: 'task', does: 'goes to the task, to scroll it, and back', bar: 'task' },
    { keys: ['F3'], intent: 'terminal', does: 'goes to the terminal' },
    { keys: ['F4'], intent: 'layout', does: 'changes where task and terminal stand', bar: 'layout', rank: 3 },
    { keys: ['F5'], intent: 'flag', does: 'in an exam: flags the task', bar: 'flag', disabled: onlyInExams },
    { keys: ['F6'], intent: 'previous', does: 'in an exam: the task before', disabled: onlyInExams },
    {
      keys: ['F7'],
      intent: 'next',
      does: 'in an exam: the next task',
      bar: 'task',
      barKeys: ['F6', 'F7'],
      disabled: onlyInExams,
    },
    { keys: ['F8'], intent: 'jump', does: 'in an exam: jumps to a task', bar: 'jump', disabled: onlyInExams },
    { keys: ['F9'], intent: 'notes', does: 'in an exam: the notepad', bar: 'notes', rank: 1, disabled: onlyInExams },
    {
      keys: ['F10'],
      intent: 'finish',
      does: 'finishes the attempt and grades it (asks twice), or leaves',
      bar: 'finish',
    },
    { keys: ['ctrl-]'], intent: 'leader', does: 'the leader: the next key is one of those below' },
  ],
};

const nothingLeft = ({ lab }: State): string | undefined =>
  lab?.author && lab.author.typed >= lab.author.steps.length ? say('no.solution-left') : undefined;

/** Keys of an author who previews a lab; they stand before the app's own. */
export const AUTHOR_KEYS: KeyTable = {
  title: 'Preview',
  rows: [
    { keys: ['F5'], intent: 'author-panel', does: 'checks, solution, hints, explanation', bar: 'panel' },
    {
      keys: ['F6'],
      intent: 'author-step',
      does: 'types the next step of the solution',
      bar: 'next step',
      disabled: nothingLeft,
    },
    { keys: ['F7'], intent: 'author-next', does: 'opens the next draw', bar: 'next draw' },
    { keys: ['F8'], intent: 'author-reload', does: 'opens the lab anew, as its file is now', bar: 'reload' },
    { keys: ['F9'], intent: 'author-look', does: 'looks at the checks now', bar: 'look' },
  ],
};

/** Keys after the leader. Numbers after it type the task's values. */
export const LEADER_KEYS: KeyTable = {
  title: 'After the leader, Ctrl-]',
  rows: [
    PALETTE_LEADER_ROW,
    { keys: ['.'], intent: 'status', does: 'says the task, its host and the time' },
    { keys: ['h'], intent: 'hints', does: 'hints', bar: 'hint', disabled: noHints },
    { keys: ['v'], intent: 'values', does: "the task's values; 1 to 9 types one", bar: 'values', disabled: noValues },
    ...PRACTICE_LEADER_ROWS,
    { keys: ['pageup', 'up', 'u'], intent: 'scrollback', does: 'scrolls back in the terminal', bar: 'scroll back' },
    { keys: ['/'], intent: 'find', does: 'searches what the terminal has shown', bar: 'search' },
    ...TAB_ROWS,
    ...REAL_LEADER_ROWS,
    { keys: ['k', '?'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    { keys: ['t'], intent: 'task', does: 'goes to the task, to scroll it, and back', bar: 'task' },
    { keys: ['e', 'esc'], intent: 'terminal', does: 'goes to the terminal' },
    { keys: ['l'], intent: 'layout', does: 'changes where task and terminal stand', bar: 'layout', rank: 3 },
    {
      keys: ['w'],
      intent: 'links',
      does: 'in an exam: the web sites that it allows',
      bar: 'web sites',
      disabled: onlyInExams,
    },
    { keys: ['f'], intent: 'flag', does: 'flags the task', disabled: onlyInExams },
    { keys: ['p'], intent: 'previous', does: 'the task before', disabled: onlyInExams },
    { keys: ['n'], intent: 'next', does: 'the next task', disabled: onlyInExams },
    { keys: ['j'], intent: 'jump', does: 'jumps to a task', disabled: onlyInExams },
    { keys: ['o'], intent: 'notes', does: 'the notepad', disabled: onlyInExams },
    {
      keys: ['q'],
      intent: 'finish',
      does: 'finishes the attempt and grades it (asks twice), or leaves',
      bar: 'finish',
    },
    {
      keys: ['m'],
      intent: 'mouse',
      does: 'mouse wheel on or off; while it is on, Shift and dragging selects text',
    },
    { keys: ['ctrl-]'], intent: 'leader-itself', does: 'types one Ctrl-]' },
  ],
};

export const CATALOGUE_KEYS: KeyTable = {
  title: 'Catalogue',
  rows: [
    { keys: ['enter', 'right'], intent: 'open', does: 'starts a lab; opens or closes a domain', bar: 'start' },
    {
      keys: ['r'],
      intent: 'unfinished',
      does: 'lists attempts to go on with',
      bar: 'go on with',
      disabled: noUnfinished,
    },
    { keys: ['up', 'k'], intent: 'up', does: 'one row up' },
    { keys: ['down', 'j'], intent: 'down', does: 'one row down' },
    { keys: ['pageup'], intent: 'page-up', does: 'one page up' },
    { keys: ['pagedown', ' '], intent: 'page-down', does: 'one page down' },
    { keys: ['home', 'g'], intent: 'home', does: 'to the first row' },
    { keys: ['end', 'G'], intent: 'end', does: 'to the last row' },
    { keys: ['/'], intent: 'search', does: 'searches in names, titles and domains', bar: 'search' },
    { keys: ['c'], intent: 'certification', does: 'changes the certification', bar: 'certification', rank: 2 },
    {
      keys: ['b'],
      intent: 'from-base',
      does: 'labs begin at the base host, or no longer',
      bar: 'from base',
      rank: 3,
    },
    { keys: ['l'], intent: 'lessons', does: 'lessons: to learn step by step', bar: 'lessons' },
    { keys: ['v'], intent: 'review', does: 'asks cards, again when you are about to forget', bar: 'cards' },
    { keys: ['x'], intent: 'exam', does: "the certification's mock exam", bar: 'exam', disabled: noExam },
    { keys: ['p'], intent: 'progress', does: 'what you have reached', bar: 'progress', rank: 1 },
    { keys: ['esc'], intent: 'back', does: 'ends the search' },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    PALETTE_ROW,
    { keys: ['q', 'ctrl-c', 'F10'], intent: 'quit', does: 'quits', bar: 'quit' },
  ],
};

/** While a search is typed all other keys go into the box. */
export const SEARCH_KEYS: KeyTable = {
  title: 'Search',
  rows: [
    { keys: ['enter', 'down'], intent: 'search-done', does: 'goes to what was found', bar: 'done' },
    { keys: ['tab'], intent: 'certification', does: 'changes the certification', bar: 'certification' },
    PALETTE_ROW_WHILE_WRITING,
    { keys: ['esc', 'ctrl-c'], intent: 'search-clear', does: 'ends the search', bar: 'clear' },
  ],
};

export const PROGRESS_KEYS: KeyTable = {
  title: 'Progress',
  rows: [
    ...SCROLL,
    { keys: ['esc', 'q', 'p', 'left', 'F10'], intent: 'back', does: 'back to the catalogue', bar: 'back' },
    { keys: ['1'], intent: 'step-1', does: 'takes the first step suggested', bar: 'first step', disabled: noStep(1) },
    { keys: ['2'], intent: 'step-2', does: 'takes the second', disabled: noStep(2) },
    { keys: ['3'], intent: 'step-3', does: 'takes the third', disabled: noStep(3) },
    { keys: ['c'], intent: 'certification', does: 'changes the certification', bar: 'certification' },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys', bar: 'keys' },
    PALETTE_ROW,
    { keys: ['ctrl-c'], intent: 'quit', does: 'quits' },
  ],
};

/** Checks that change a real cluster have ended the attempt. */
const graded = ({ lab, screen }: State): string | undefined =>
  lab?.real?.gradingEnds && screen.name === 'report' && screen.part === 'checks' ? say('no.graded-over') : undefined;

export const REPORT_KEYS: KeyTable = {
  title: 'Report',
  rows: [
    { keys: ['s'], intent: 'solution', does: 'the solution', bar: 'solution' },
    { keys: ['e'], intent: 'explanation', does: 'what it was about, and where to read on', bar: 'explanation' },
    { keys: ['d'], intent: 'typed', does: 'what you typed', bar: 'typed' },
    { keys: ['r'], intent: 'again-same', does: 'again, with the same cause and names', bar: 'same again' },
    { keys: ['n'], intent: 'again-another', does: 'again, with another cause', bar: 'another cause' },
    ...SCROLL_QUIETLY,
    { keys: ['q', 'enter', 'F10'], intent: 'leave', does: 'to the catalogue', bar: 'leave' },
    {
      keys: ['esc', 'F3', 'b'],
      intent: 'back',
      does: 'back: to the checks, then to the terminal',
      bar: 'back',
      disabled: graded,
    },
    { keys: ['F1', '?'], intent: 'help', does: 'shows these keys' },
    PALETTE_ROW,
    { keys: ['ctrl-c'], intent: 'quit', does: 'quits' },
  ],
};

export const HELP_KEYS: KeyTable = {
  title: 'Keys',
  rows: [
    ...SCROLL,
    { keys: ['esc', 'enter', 'q', 'F1', 'F3', 'ctrl-c'], intent: 'back', does: 'closes', bar: 'close' },
  ],
};

export const HINTS_KEYS: KeyTable = {
  title: 'Hints',
  rows: [
    {
      keys: ['enter', 'y'],
      intent: 'yes',
      does: 'takes the next hint',
      bar: 'next hint',
      disabled: ({ lab }) => (lab && lab.hintsTaken.length >= lab.view.hints.length ? say('no.hint-left') : undefined),
    },
    { keys: ['esc', 'q', 'F3', 'ctrl-c'], intent: 'back', does: 'closes', bar: 'close' },
    ...SCROLL_QUIETLY,
  ],
};

export const VALUES_KEYS: KeyTable = {
  title: 'Values',
  rows: [
    { keys: ['esc', 'enter', 'q', 'F3', 'ctrl-c'], intent: 'back', does: 'closes', bar: 'close' },
    ...SCROLL_QUIETLY,
  ],
};

export const CONFIRM_KEYS: KeyTable = {
  title: 'Finish',
  rows: [
    { keys: ['enter', 'y', 'F10'], intent: 'yes', does: 'yes', bar: 'yes' },
    { keys: ['esc', 'n', 'ctrl-c', 'F3'], intent: 'no', does: 'no, back to the terminal', bar: 'no' },
    { keys: ['l'], intent: 'leave', does: 'leaves; you can go on later', bar: 'leave, go on later' },
    { keys: ['q'], intent: 'quit', does: 'quits the program; you can go on later', bar: 'quit, go on later' },
  ],
};

export const NOTICE_KEYS: KeyTable = {
  title: 'Notice',
  rows: [
    { keys: ['enter', 'y'], intent: 'yes', does: 'does what is offered', bar: 'yes' },
    { keys: ['esc', 'n', 'q', 'ctrl-c'], intent: 'no', does: 'closes', bar: 'no' },
    ...SCROLL_QUIETLY,
  ],
};

export const LOADING_KEYS: KeyTable = {
  title: 'Waiting',
  rows: [{ keys: ['ctrl-c'], intent: 'quit', does: 'quits', bar: 'quit' }],
};

export const ERROR_KEYS: KeyTable = {
  title: 'Something went wrong',
  rows: [
    { keys: ['enter', 'esc', 'F10'], intent: 'leave', does: 'to the catalogue', bar: 'catalogue' },
    PALETTE_ROW,
    { keys: ['q', 'ctrl-c'], intent: 'quit', does: 'quits', bar: 'quit' },
  ],
};

/** Keys that are the terminal's, whatever happens: what shells, editors and pagers are worked with. */
export const TERMINAL_KEYS: readonly string[] = [
  ...[...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !'im'.includes(letter)).map((letter) => `ctrl-${letter}`),
  ...[...'abcdfltuy.<>#/'].map((character) => `alt-${character}`),
  'alt-\x7f',
  'backspace',
  'ctrl-\\',
  'ctrl-^',
  'ctrl-_',
  'ctrl-space',
  'delete',
  'down',
  'end',
  'enter',
  'esc',
  'F11',
  'F12',
  'home',
  'insert',
  'left',
  'pagedown',
  'pageup',
  'right',
  'shift-tab',
  'tab',
  'up',
];
