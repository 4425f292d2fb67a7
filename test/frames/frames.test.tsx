import { render } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { App } from '../../src/ui/app.js';
import { unpainted } from '../../src/ui/line/line.js';
import { RowStock } from '../../src/ui/line/row-stock.js';
import { fillPane } from '../../src/ui/pane/placeholder.js';
import type { PaneView } from '../../src/ui/pane/view.js';
import { labLayout } from '../../src/ui/screens/lab-layout.js';
import { ClockStore } from '../../src/ui/store/clock.js';
import type { Event } from '../../src/ui/store/event.js';
import { initialState, type Overlay, type ReportPart, type Screen, type Size } from '../../src/ui/store/state.js';
import { createStore, type Store } from '../../src/ui/store/store.js';
import { FrameStream, TextBoxStream } from '../../src/ui/terminal/ink-streams.js';
import { makeTheme, THEMES, type ThemeName } from '../../src/ui/theme.js';
import { EXAM, OFFER, RESULT, STANDING } from '../ui/fake-exam.js';
import { CATALOGUE, GRADED, LAB, NOW, UNFINISHED } from '../ui/fake-session.js';
import { MORE_SCENES } from './more-scenes.js';

const SIZES: readonly Size[] = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 140, rows: 45 },
  { columns: 200, rows: 60 },
  { columns: 20, rows: 5 },
];

const opened: Extract<Event, { type: 'lab-opened' }> = {
  type: 'lab-opened',
  view: LAB,
  host: 'cka2107',
  hintsTaken: [],
};
const previewed: Event = {
  ...opened,
  author: {
    draw: 'cause=deployment/coredns namespace=shop',
    steps: ['k -n kube-system scale deploy coredns --replicas=2', 'cat > cause <<EOF\ndeployment/coredns\nEOF'],
  },
};
const looked: Event = { type: 'author', change: { report: GRADED.report } };
const graded: Event = {
  type: 'graded',
  graded: GRADED,
  typed: ['k get po', 'k -n shop exec cart-7d8f9c6b5-x2v9p -- wget -qO- catalog'],
};

const begun: Event = { type: 'exam-begun', view: EXAM, standing: STANDING };
const atTask: readonly Event[] = [begun, { type: 'exam-task', number: 4 }, { type: 'exam-task-ready', number: 4 }];
const sat: readonly Event[] = [...atTask, { type: 'exam-ended', result: RESULT }];

const replayed: readonly Event[] = [
  { type: 'replay', change: { title: LAB.title, length: 1060, host: 'cka2107', speed: 2, waits: false } },
  { type: 'shown', screen: { name: 'replay' } },
];

const SCENES: Readonly<Record<string, readonly Event[]>> = {
  catalogue: [],
  'catalogue, a lab chosen': [{ type: 'intent', intent: 'end' }],
  'catalogue, nothing found': [{ type: 'searched', query: 'zebra' }],
  'catalogue, nothing found in one certification': [
    { type: 'intent', intent: 'certification' },
    { type: 'intent', intent: 'certification' },
    { type: 'searched', query: 'etcd' },
  ],
  unfinished: [
    { type: 'catalogue-read', view: { ...CATALOGUE, unfinished: UNFINISHED }, now: NOW },
    { type: 'unfinished-offered' },
  ],
  'unfinished, one': [
    { type: 'catalogue-read', view: { ...CATALOGUE, unfinished: UNFINISHED.slice(0, 1) }, now: NOW },
    { type: 'unfinished-offered' },
  ],
  notice: [
    {
      type: 'noticed',
      title: 'Please note',
      text: 'progress.json was damaged; the last good copy is used.',
      offers: 'nothing',
    },
  ],
  progress: [{ type: 'intent', intent: 'progress' }],
  loading: [
    {
      type: 'shown',
      screen: { name: 'loading', title: LAB.title, steps: ['starting the cluster', 'opening a terminal'], opens: true },
    },
  ],
  error: [
    {
      type: 'shown',
      screen: { name: 'error', title: 'Names could not be opened', message: 'The world has no host cka9.' },
    },
  ],
  lab: [opened],
  'lab, the task has the keys': [opened, { type: 'intent', intent: 'task' }, { type: 'intent', intent: 'down' }],
  'lab, keys': [opened, { type: 'intent', intent: 'help' }],
  'lab, a search is typed': [
    opened,
    { type: 'intent', intent: 'find' },
    { type: 'found', find: { query: 'coredns-7d8f9c6b5-x2v9p in kube-system', at: 3, of: 17 } },
  ],
  'lab, a search found nothing': [
    opened,
    { type: 'intent', intent: 'find' },
    { type: 'found', find: { query: 'zebra', at: 0, of: 0 } },
    { type: 'intent', intent: 'find-older' },
  ],
  'lab, hints': [
    opened,
    { type: 'intent', intent: 'hints' },
    { type: 'hint-taken', hint: { text: 'Ask which `server`.', price: 1 } },
  ],
  'lab, values': [opened, { type: 'intent', intent: 'values' }],
  'lab, finish': [opened, { type: 'intent', intent: 'finish' }],
  preview: [previewed],
  'preview, looked at': [previewed, looked],
  'preview, the task has the keys': [previewed, looked, { type: 'intent', intent: 'task' }],
  'preview, solution': [
    previewed,
    { type: 'author', change: { typed: 1 } },
    { type: 'intent', intent: 'author-panel' },
  ],
  'preview, the last panel': [
    previewed,
    ...Array.from({ length: 4 }, (): Event => ({ type: 'intent', intent: 'author-panel' })),
  ],
  'preview, the file was saved': [
    previewed,
    looked,
    {
      type: 'author',
      change: { saved: true, problems: ['fix-coredns.yaml:40: spec.checks[0].poinst: unknown field'] },
    },
  ],
  'preview, keys': [previewed, { type: 'intent', intent: 'help' }],
  'exam, start': [{ type: 'shown', screen: { name: 'exam-start', offer: OFFER } }],
  'exam, start, too few labs': [
    {
      type: 'shown',
      screen: {
        name: 'exam-start',
        offer: {
          ...OFFER,
          title: 'CKA practice run',
          insteadOf: { title: 'CKA mock exam', lacks: 3 },
          coach: true,
          interruptions: 'count',
          again: 2,
        },
      },
    },
  ],
  'exam, start, keys': [
    { type: 'shown', screen: { name: 'exam-start', offer: OFFER } },
    { type: 'intent', intent: 'help' },
  ],
  exam: atTask,
  'exam, preparing': [begun, { type: 'exam-task', number: 17 }, { type: 'exam-preparing', number: 17 }],
  'exam, with a coach': [
    { type: 'exam-begun', view: { ...EXAM, coach: true }, standing: STANDING },
    { type: 'exam-task', number: 4 },
    { type: 'exam-flagged', number: 4, on: true },
  ],
  'exam, 15 minutes left': [...atTask, { type: 'exam-alert', text: '15 minutes are left.' }],
  'exam, notes, 5 minutes left': [
    ...atTask,
    { type: 'intent', intent: 'notes' },
    { type: 'exam-alert', text: '5 minutes are left.' },
  ],
  'exam, looking for tools at base': [
    ...atTask,
    { type: 'exam-advised', advice: { task: 4, text: 'base has no tools; they are on cka2121.' } },
  ],
  'exam, full disk': [...atTask, { type: 'exam-trouble', text: '/home/you/.kubedrill: no space left on the device' }],
  'exam, keys': [...atTask, { type: 'intent', intent: 'help' }],
  'exam, jump': [
    ...atTask,
    { type: 'intent', intent: 'jump' },
    { type: 'jump-digit', digit: 1 },
    { type: 'jump-digit', digit: 2 },
  ],
  'exam, notes': [
    ...atTask,
    { type: 'intent', intent: 'notes' },
    { type: 'notes-typed', text: `task 4: ${'ask which server a pod uses for names '.repeat(4)}\n漢字\n\n` },
    { type: 'intent', intent: 'edit-up' },
  ],
  'exam, no notes yet': [...atTask, { type: 'intent', intent: 'notes' }],
  'exam, links': [...atTask, { type: 'intent', intent: 'links' }],
  'exam, finish': [...atTask, { type: 'intent', intent: 'finish' }],
  'exam, finish surely': [...atTask, { type: 'intent', intent: 'finish' }, { type: 'intent', intent: 'yes' }],
  'exam, grading': [
    ...atTask,
    {
      type: 'shown',
      screen: { name: 'loading', title: 'The time is over. Your exam is being graded', steps: [], opens: false },
    },
    ...EXAM.tasks.map(({ number }): Event => ({ type: 'step', step: `task ${number} of 17` })),
  ],
  'exam, result': sat,
  'exam, result, the last task': [
    ...sat,
    { type: 'exam-redone', number: 5, points: 6, total: 6 },
    { type: 'intent', intent: 'end' },
  ],
  'exam, report of a task': [...sat, { type: 'exam-task-report', number: 4 }],
  'exam, report of a task that was not opened': [...sat, { type: 'exam-task-report', number: 17 }],
  replay: [...replayed, { type: 'replay', change: { paused: true } }],
  'replay, a task of an exam': [
    ...replayed,
    { type: 'replay', change: { task: 4, terminal: 2, speed: 0.25, said: 'took a hint', waits: true } },
  ],
  'replay, keys': [...replayed, { type: 'replay', change: { ended: true } }, { type: 'intent', intent: 'help' }],
  report: [opened, graded],
  'report, explanation': [opened, graded, { type: 'report-part', part: 'explanation' }],
  'report, solution': [opened, graded, { type: 'report-part', part: 'solution' }],
  'report, typed': [opened, graded, { type: 'report-part', part: 'typed' }],
  ...MORE_SCENES,
};

/** A terminal's screen that is fuller than any real one: every cell of every row. */
function paneOf(width: number, rows: number): PaneView {
  return {
    version: 1,
    scrolledBack: 0,
    rows: () => Array.from({ length: rows }, (_, row) => `row ${row} `.padEnd(width, '.')),
    subscribe: () => () => {},
  };
}

function storeAfter(size: Size, events: readonly Event[]): Store {
  const store = createStore(initialState(size, CATALOGUE, NOW));
  for (const event of events) store.dispatch(event);
  return store;
}

function frameOf(size: Size, events: readonly Event[], theme: ThemeName): string {
  const store = storeAfter(size, events);
  const clock = new ClockStore();
  clock.set(492);
  const { lab } = store.get();
  const { screen } = store.get();
  const room = lab ? labLayout(size, lab).pane : screen.name === 'replay' ? { ...size, rows: size.rows - 2 } : size;
  const pane = paneOf(room.columns, room.rows);
  let frame = '';
  const stream = new FrameStream(
    () => size,
    (next) => {
      frame = next;
    },
  ) as unknown as NodeJS.WriteStream;
  const stdin = new TextBoxStream() as unknown as NodeJS.ReadStream;
  const stock = new RowStock();
  const scene = { store, clock, stock, theme: makeTheme(theme, theme !== 'none'), pane: () => pane };
  const ink = render(<App scene={scene} />, {
    stdout: stream,
    stderr: stream,
    stdin,
    debug: true,
    patchConsole: false,
  });
  ink.unmount();
  return fillPane(stock.fill(frame), pane.rows().slice());
}

/** What borders are made of where they stand beside text. */
const VERTICAL = /[│┃┆┇┊┋╎╏║├┤┌┐└┘┼╔╗╚╝╭╮╯╰▐▕]/;

/** What is seen, however it is painted. */
function seen(frame: string): string {
  return unpainted(frame)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

describe.each(SIZES)('$columns×$rows', (size) => {
  test.each(Object.entries(SCENES))('%s fits in all themes, and looks as it did', async (name, events) => {
    const [frame, ...others] = THEMES.map((theme) => seen(frameOf(size, events, theme)));
    const lines = (frame as string).split('\n');
    expect(lines.length).toBeLessThanOrEqual(size.rows);
    expect(lines.filter((line) => stringWidth(line) > size.columns)).toEqual([]);
    for (const other of others) expect(other).toBe(frame);
    // Whoever copies text with the mouse must not get a border with it.
    expect(frame).not.toMatch(VERTICAL);
    const file = `__snapshots__/${size.columns}x${size.rows}/${name.replace(/\W+/g, '-')}.txt`;
    await expect(`${frame}\n`).toMatchFileSnapshot(file);
  });
});

/** Windows in which hardly anything fits; nothing fails there, and nothing is wider or higher than they are. */
test.each([
  { columns: 40, rows: 10 },
  { columns: 20, rows: 3 },
  { columns: 7, rows: 5 },
  { columns: 2, rows: 2 },
])('every scene stays within $columns×$rows', (size) => {
  for (const [name, events] of Object.entries(SCENES)) {
    const lines = seen(frameOf(size, events, 'none')).split('\n');
    expect(lines.length, name).toBeLessThanOrEqual(size.rows);
    expect(
      lines.filter((line) => stringWidth(line) > size.columns),
      name,
    ).toEqual([]);
  }
});

// A new screen, overlay or part stands here, or types fail; and then it wants a scene.
const SCREENS: Readonly<Record<Screen['name'], true>> = {
  catalogue: true,
  error: true,
  'exam-result': true,
  'exam-start': true,
  lab: true,
  lessons: true,
  loading: true,
  progress: true,
  report: true,
  replay: true,
  review: true,
};
const OVERLAYS: Readonly<Record<Overlay['name'], true>> = {
  confirm: true,
  help: true,
  hints: true,
  jump: true,
  links: true,
  notes: true,
  notice: true,
  palette: true,
  unfinished: true,
  values: true,
};
const PARTS: Readonly<Record<ReportPart, true>> = { checks: true, explanation: true, solution: true, typed: true };

test('every screen, every overlay and every part of a report has a scene', () => {
  const states = Object.values(SCENES).map((events) => storeAfter({ columns: 100, rows: 30 }, events).get());
  const seenNames = (names: readonly (string | undefined)[]): string[] =>
    [...new Set(names)].filter((name) => name !== undefined).sort();
  expect(seenNames(states.map(({ screen }) => screen.name))).toEqual(Object.keys(SCREENS).sort());
  expect(seenNames(states.map(({ overlay }) => overlay?.name))).toEqual(Object.keys(OVERLAYS).sort());
  const parts = states.map(({ screen }) => (screen.name === 'report' ? screen.part : undefined));
  expect(seenNames(parts)).toEqual(Object.keys(PARTS).sort());
});

describe('what can be copied', () => {
  const size: Size = { columns: 140, rows: 45 };
  const text = (line: readonly { readonly text: string }[]): string => line.map((span) => span.text).join('');
  const layouts = [0, 1, 3].map((times) => [
    opened,
    ...Array.from({ length: times }, (): Event => ({ type: 'intent', intent: 'layout' })),
  ]);

  test.each(layouts.map((events) => [labLayoutOf(events).mode, events] as const))(
    '%s: a row of the task has nothing in it but the task',
    (mode, events) => {
      const rows = seen(frameOf(size, events, 'dark')).split('\n');
      const { lines, task, top } = labLayoutOf(events);
      if (mode === 'terminal') return;
      const shown = lines.slice(0, task.rows).map((line) => ` ${text(line)}`.trimEnd());
      const stands = rows.slice(top, top + shown.length).map((row) => row.slice(0, task.columns).trimEnd());
      expect(stands).toEqual(shown);
    },
  );

  test('in one layout the rows of the terminal stand alone, from the first column on', () => {
    const alone = layouts.find((events) => labLayoutOf(events).mode === 'terminal') ?? [];
    const rows = seen(frameOf(size, alone, 'dark')).split('\n');
    const { top, pane } = labLayoutOf(alone);
    expect(pane.columns).toBe(size.columns);
    expect(rows.slice(top, top + pane.rows)).toEqual(paneOf(pane.columns, pane.rows).rows());
  });

  function labLayoutOf(events: readonly Event[]): ReturnType<typeof labLayout> {
    const { lab } = storeAfter(size, events).get();
    if (!lab) throw new Error('the scene has no lab');
    return labLayout(size, lab);
  }
});
