import { render } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { App } from '../../src/ui/app.js';
import { fillPane } from '../../src/ui/pane/placeholder.js';
import type { PaneView } from '../../src/ui/pane/view.js';
import { labLayout } from '../../src/ui/screens/lab-layout.js';
import { ClockStore } from '../../src/ui/store/clock.js';
import type { Event } from '../../src/ui/store/event.js';
import { initialState, type Size } from '../../src/ui/store/state.js';
import { createStore } from '../../src/ui/store/store.js';
import { FrameStream, TextBoxStream } from '../../src/ui/terminal/ink-streams.js';
import { makeTheme } from '../../src/ui/theme.js';
import { CATALOGUE, GRADED, LAB, NOW, UNFINISHED } from '../ui/fake-session.js';

const SIZES: readonly Size[] = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 150, rows: 40 },
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
  report: [opened, graded],
  'report, explanation': [opened, graded, { type: 'report-part', part: 'explanation' }],
  'report, typed': [opened, graded, { type: 'report-part', part: 'typed' }],
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

function frameOf(size: Size, events: readonly Event[]): string {
  const store = createStore(initialState(size, CATALOGUE, NOW));
  for (const event of events) store.dispatch(event);
  const clock = new ClockStore();
  clock.set(492);
  const { lab } = store.get();
  const room = lab ? labLayout(size, lab).pane : size;
  const pane = paneOf(room.columns, room.rows);
  let frame = '';
  const stream = new FrameStream(
    () => size,
    (next) => {
      frame = next;
    },
  ) as unknown as NodeJS.WriteStream;
  const stdin = new TextBoxStream() as unknown as NodeJS.ReadStream;
  const scene = { store, clock, theme: makeTheme(false), pane: () => pane };
  const ink = render(<App scene={scene} />, {
    stdout: stream,
    stderr: stream,
    stdin,
    debug: true,
    patchConsole: false,
  });
  ink.unmount();
  return fillPane(frame, pane.rows().slice());
}

describe.each(SIZES)('$columns×$rows', (size) => {
  test.each(Object.entries(SCENES))('%s fits, and looks as it did', async (name, events) => {
    const frame = frameOf(size, events);
    const lines = frame.split('\n');
    expect(lines.length).toBeLessThanOrEqual(size.rows);
    expect(lines.filter((line) => stringWidth(line) > size.columns)).toEqual([]);
    const file = `__snapshots__/${size.columns}x${size.rows}/${name.replace(/\W+/g, '-')}.txt`;
    await expect(`${frame.replace(/\x1b\[[0-9;]*m/g, '')}\n`).toMatchFileSnapshot(file);
  });
});
