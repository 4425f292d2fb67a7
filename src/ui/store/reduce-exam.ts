import type { ExamTaskView } from '../exam-ports.js';
import type { Event, Intent } from './event.js';
import { type ExamState, openedExam } from './exam-state.js';
import { editNotes, type NotesEdit, typeNotes } from './notes.js';
import { scrollBy } from './scroll.js';
import type { LabState, LayoutChoice, Overlay, State } from './state.js';

type ExamEvent = Extract<Event, { type: `exam-${string}` | 'jump-digit' | 'notes-typed' }>;

const EDITS: Partial<Record<Intent, NotesEdit>> = {
  'edit-delete': 'delete',
  'edit-down': 'down',
  'edit-end': 'end',
  'edit-erase': 'erase',
  'edit-home': 'home',
  'edit-left': 'left',
  'edit-newline': 'newline',
  'edit-right': 'right',
  'edit-up': 'up',
};

/** An event of an exam. */
export function reduceExamEvent(state: State, event: ExamEvent): State {
  const { exam, overlay } = state;
  if (event.type === 'exam-begun')
    return { ...state, exam: openedExam(event.view, event.standing), lab: undefined, overlay: null, scroll: 0 };
  if (!exam) return state;
  switch (event.type) {
    case 'exam-task':
      return taskInFront(state, exam, event.number);
    case 'exam-preparing':
      return event.number === exam.current ? { ...state, exam: { ...exam, preparing: true } } : state;
    case 'exam-task-ready': {
      const opened = exam.opened.includes(event.number) ? exam.opened : [...exam.opened, event.number];
      const preparing = event.number === exam.current ? false : exam.preparing;
      return { ...state, exam: { ...exam, opened, preparing } };
    }
    case 'exam-flagged': {
      const others = exam.flagged.filter((number) => number !== event.number);
      return { ...state, exam: { ...exam, flagged: event.on ? [...others, event.number] : others } };
    }
    case 'exam-alert':
      return exam.alert === event.text ? state : { ...state, exam: { ...exam, alert: event.text } };
    case 'exam-advised':
      return { ...state, exam: { ...exam, advice: event.advice } };
    case 'exam-trouble':
      return { ...state, exam: { ...exam, trouble: event.text } };
    case 'exam-ended':
      return {
        ...state,
        exam: { ...exam, result: event.result, alert: undefined, trouble: undefined, behind: {} },
        lab: undefined,
        screen: { name: 'exam-result' },
        overlay: null,
        scroll: 0,
      };
    case 'exam-task-report':
      return taskReport(state, exam, event.number);
    case 'exam-redone': {
      const { number, points, total } = event;
      return { ...state, exam: { ...exam, redone: { ...exam.redone, [number]: { points, total } } } };
    }
    case 'exam-left':
      return { ...state, exam: undefined, lab: undefined };
    case 'jump-digit':
      return overlay?.name === 'jump' ? { ...state, overlay: digitTyped(exam, overlay, event.digit) } : state;
    case 'notes-typed':
      return overlay?.name === 'notes' ? notesChanged(state, overlay, typeNotes(overlay, event.text)) : state;
  }
}

/** Keys of an exam's screen that change the picture only. Undefined: it is none of them. */
export function reduceExamIntent(state: State, intent: Intent): State | undefined {
  const { exam } = state;
  if (!exam) return undefined;
  switch (intent) {
    case 'jump':
      return { ...state, overlay: { name: 'jump', cursor: placeOf(exam, exam.current), typed: '', scroll: 0 } };
    case 'notes':
      return { ...state, overlay: { name: 'notes', text: exam.notes, cursor: exam.notes.length, scroll: 0 } };
    case 'links':
      return { ...state, overlay: { name: 'links', scroll: 0 } };
    default:
      return undefined;
  }
}

/** The notepad and the list of tasks after a key; undefined where it is not theirs. */
export function reduceExamOverlay(state: State, intent: Intent, page: number): State | undefined {
  const { overlay, exam } = state;
  if (!exam || intent === 'back') return undefined;
  if (overlay?.name === 'notes') {
    const edit = EDITS[intent];
    return edit ? notesChanged(state, overlay, editNotes(overlay, edit)) : state;
  }
  if (overlay?.name !== 'jump') return undefined;
  const cursor = scrollBy(overlay.cursor, intent, page, exam.view.tasks.length - 1);
  return { ...state, overlay: cursor === overlay.cursor ? overlay : { ...overlay, cursor, typed: '' } };
}

/** The page that tells what an exam will be, after a key. */
export function reduceExamStart(state: State, intent: Intent): State {
  const { screen } = state;
  if (screen.name !== 'exam-start') return state;
  const { offer } = screen;
  if (intent === 'coach') return { ...state, screen: { ...screen, offer: { ...offer, coach: !offer.coach } } };
  if (intent !== 'interruptions') return state;
  const interruptions = offer.interruptions === 'count' ? 'pause' : 'count';
  return { ...state, screen: { ...screen, offer: { ...offer, interruptions } } };
}

/** The result's rows after a key. */
export function reduceExamResult(state: State, intent: Intent, page: number): State {
  const { exam } = state;
  if (!exam?.result) return state;
  const cursor = scrollBy(exam.cursor, intent, page, exam.result.tasks.length - 1);
  return cursor === exam.cursor ? state : { ...state, exam: { ...exam, cursor } };
}

function placeOf({ view }: ExamState, number: number): number {
  return Math.max(
    0,
    view.tasks.findIndex((task) => task.number === number),
  );
}

function taskInFront(state: State, exam: ExamState, number: number): State {
  const task = exam.view.tasks[placeOf(exam, number)];
  if (!task) return state;
  const { lab: before } = state;
  const behind = before?.task === undefined ? exam.behind : { ...exam.behind, [before.task]: before };
  const layout = before?.layout ?? 'automatic';
  const lab: LabState = {
    ...(behind[number] ?? newTask(task)),
    layout: seen(layout),
    focus: 'terminal',
    find: undefined,
    real: exam.view.real,
  };
  return {
    ...state,
    lab,
    exam: { ...exam, current: number, preparing: false, behind },
    screen: { name: 'lab' },
    overlay: null,
    leader: false,
    scroll: 0,
  };
}

/** The layout is the same for all tasks, but nobody is to meet a task that they do not see. */
function seen(layout: LayoutChoice): LayoutChoice {
  return layout === 'terminal' ? 'automatic' : layout;
}

function newTask({ number, host, view }: ExamTaskView): LabState {
  return {
    task: number,
    author: undefined,
    lesson: undefined,
    view,
    host,
    hintsTaken: [],
    focus: 'terminal',
    layout: 'automatic',
    taskScroll: 0,
    graded: undefined,
    typed: [],
  };
}

function taskReport(state: State, exam: ExamState, number: number): State {
  const result = exam.result?.tasks.find((task) => task.number === number);
  if (!result) return state;
  const { graded, typed, seconds } = result;
  // What counts is how long it was in front, not how long its machine ran.
  const lab = { ...newTask(result), graded: graded && { ...graded, seconds }, typed };
  return { ...state, lab, screen: { name: 'report', part: 'checks' }, overlay: null, scroll: 0 };
}

/** The tasks' numbers have two digits at most: a second digit belongs to the first where there is such a task. */
function digitTyped(exam: ExamState, overlay: Extract<Overlay, { name: 'jump' }>, digit: number): Overlay {
  for (const typed of [`${overlay.typed}${digit}`, String(digit)]) {
    const place = exam.view.tasks.findIndex(({ number }) => String(number) === typed);
    if (place >= 0) return { ...overlay, cursor: place, typed };
  }
  return { ...overlay, typed: '' };
}

function notesChanged(
  state: State,
  overlay: Extract<Overlay, { name: 'notes' }>,
  notes: { readonly text: string; readonly cursor: number },
): State {
  return {
    ...state,
    overlay: { ...overlay, ...notes },
    exam: state.exam && { ...state.exam, notes: notes.text },
  };
}
