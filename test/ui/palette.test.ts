import { afterEach, describe, expect, test, vi } from 'vitest';
import { keyContext } from '../../src/ui/keys/context.js';
import { foundCommands, paletteCommands } from '../../src/ui/keys/palette.js';
import type { Event, Intent } from '../../src/ui/store/event.js';
import { initialState, type State } from '../../src/ui/store/state.js';
import { createStore } from '../../src/ui/store/store.js';
import { EXAM, FakeSitting, fakeExams, OFFER, RESULT, STANDING } from './fake-exam.js';
import { FakeLesson, lessonSession } from './fake-learn.js';
import { CATALOGUE, FakeSession, fakePorts, GRADED, LAB, NOW } from './fake-session.js';
import { Stage } from './stage.js';

const opened: Event = { type: 'lab-opened', view: LAB, host: 'cka2107', hintsTaken: [] };
const lesson = new FakeLesson();
const atExam: readonly Event[] = [
  { type: 'exam-begun', view: EXAM, standing: STANDING },
  { type: 'exam-task', number: 4 },
];

const SCREENS: Readonly<Record<string, readonly Event[]>> = {
  catalogue: [],
  search: [{ type: 'intent', intent: 'search' }],
  progress: [{ type: 'intent', intent: 'progress' }],
  lab: [opened],
  'a task that has the keys': [opened, { type: 'intent', intent: 'task' }],
  preview: [{ ...opened, author: { draw: '', steps: ['ls'] } } as Event],
  lesson: [{ ...opened, view: lessonSession(lesson).view, lesson } as Event],
  exam: atExam,
  report: [opened, { type: 'graded', graded: GRADED, typed: [] }],
  'exam, start': [{ type: 'shown', screen: { name: 'exam-start', offer: OFFER } }],
  'exam, result': [...atExam, { type: 'exam-ended', result: RESULT }],
  error: [{ type: 'shown', screen: { name: 'error', title: 'x', message: 'y' } }],
};

function stateAfter(events: readonly Event[]): State {
  const store = createStore(initialState({ columns: 100, rows: 30 }, CATALOGUE, NOW));
  for (const event of events) store.dispatch(event);
  return store.get();
}

function searched(events: readonly Event[], text: string): string[] {
  const asked: readonly Event[] = [...events, { type: 'intent', intent: 'palette' }, { type: 'palette-typed', text }];
  return foundCommands(stateAfter(asked)).map(({ row }) => row.intent);
}

/** What cannot be chosen from a list: going through one, and the ways to the list itself. */
const MOVES: readonly Intent[] = ['up', 'down', 'page-up', 'page-down', 'home', 'end', 'leader', 'palette'];

describe.each(Object.entries(SCREENS))('%s', (_, events) => {
  const state = stateAfter(events);
  const offered = paletteCommands(state);

  test('what its keys do can be chosen, each once, and nothing else', () => {
    const leader = state.screen.name === 'lab' ? keyContext({ ...state, leader: true }).tables : [];
    const rows = [...keyContext(state).tables, ...leader].flatMap((table) => table.rows);
    const intents = rows.map(({ intent }) => intent).filter((intent) => !MOVES.includes(intent));
    expect(offered.map(({ row }) => row.intent).sort()).toEqual([...new Set(intents)].sort());
  });

  test('no key is said to do two things', () => {
    const keys = offered.flatMap((command) => command.keys);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  test('a key opens it', () => {
    const context = state.screen.name === 'lab' ? keyContext({ ...state, leader: true }) : keyContext(state);
    expect(context.tables.flatMap(({ rows }) => rows).map(({ intent }) => intent)).toContain('palette');
  });
});

describe('what is typed finds', () => {
  test.each([
    ['fin', [opened], 'finish'],
    ['grade', [opened], 'finish'],
    ['f10', [opened], 'finish'],
    ['scrl term', [opened], 'scrollback'],
    ['terminal scroll', [opened], 'scrollback'],
    ['flag', atExam, 'flag'],
    ['notepad', atExam, 'notes'],
    ['exam', [], 'exam'],
    ['CARDS', [], 'review'],
  ] as const)('%s', (text, events, wanted) => {
    expect(searched(events, text)[0]).toBe(wanted);
  });

  test('nothing, when nothing is called that', () => {
    expect(searched([opened], 'zebra')).toEqual([]);
  });
});

let open: Stage[] = [];
afterEach(async () => {
  for (const made of open) {
    process.emit('SIGTERM', 'SIGTERM');
    await made.ended;
  }
  open = [];
});

async function atLab(session: FakeSession): Promise<Stage> {
  const made = new Stage(100, 30).open(fakePorts(session));
  open.push(made);
  await made.shows('fix-coredns');
  made.type('\r');
  await made.shows('Since last night');
  return made;
}

test('a person finds a command and does it; the terminal gets nothing of that', async () => {
  const session = new FakeSession();
  const screen = await atLab(session);
  screen.type('\x1d ');
  await screen.shows('All commands: type to filter');
  await screen.shows(/in an exam: flags the task \(only in exams\) .*F5 {2}Ctrl-\] f/);
  screen.type('hin');
  await screen.shows('All commands: hin▏');
  screen.type('\x1b[15~\r');
  await screen.shows('Hints: 0 of 2 taken');
  expect(session.input).toBe('');
});

test('what cannot be done is not done, and Esc goes back to the prompt', async () => {
  const session = new FakeSession();
  const screen = await atLab(session);
  screen.type('\x1d flag');
  await screen.shows('All commands: flag▏');
  screen.type('\r\r');
  await screen.shows('(only in exams)');
  screen.type('\x1b');
  await screen.shows('Since last night');
  screen.type('ls');
  await vi.waitFor(() => expect(session.input).toBe('ls'));
});

test('in the list of labs it begins an exam', async () => {
  const sitting = new FakeSitting();
  const screen = new Stage(80, 24).open(fakePorts(new FakeSession(), { exams: fakeExams(sitting) }));
  open.push(screen);
  await screen.shows('x CKA mock exam');
  screen.type(':mock');
  await screen.shows('All commands: mock▏');
  screen.type('\r');
  await screen.shows('17 tasks · 120 minutes');
});

test('keys that write nothing leave nothing in a notepad', async () => {
  const sitting = new FakeSitting();
  const screen = new Stage(80, 24).open(fakePorts(new FakeSession(), { exams: fakeExams(sitting) }));
  open.push(screen);
  await screen.shows('x CKA mock exam');
  screen.type('x\r');
  await vi.waitFor(() => expect(sitting.calls).toContain('open 1'));
  screen.type('\x1b[20~');
  await screen.shows('Notes: kept');
  screen.type('a\x1b[15~\x1bb\tc');
  await screen.shows(/^ a {2}c/m);
});
