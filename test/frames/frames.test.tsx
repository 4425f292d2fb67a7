import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { labLayout } from '../../src/ui/screens/lab-layout.js';
import type { Event } from '../../src/ui/store/event.js';
import type { Overlay, ReportPart, Screen, Size } from '../../src/ui/store/state.js';
import { THEMES } from '../../src/ui/theme.js';

import { frameOf, paneOf, seen, storeAfter } from './frame-of.js';
import { opened, SCENES } from './scenes.js';

const SIZES: readonly Size[] = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 140, rows: 45 },
  { columns: 200, rows: 60 },
  { columns: 20, rows: 5 },
];

/** A narrow and a wide window in which other themes are tried: all that a theme changes is how a span is painted. */
const THEMED = [SIZES[0], SIZES[3]];
const [THEME, ...OTHER_THEMES] = THEMES;

/** What borders are made of where they stand beside text. */
const VERTICAL = /[│┃┆┇┊┋╎╏║├┤┌┐└┘┼╔╗╚╝╭╮╯╰▐▕]/;

describe.each(SIZES)('$columns×$rows', (size) => {
  test.each(Object.entries(SCENES))('%s fits, and looks as it did', async (name, events) => {
    const frame = seen(frameOf(size, events, THEME));
    const lines = frame.split('\n');
    expect(lines.length).toBeLessThanOrEqual(size.rows);
    expect(lines.filter((line) => stringWidth(line) > size.columns)).toEqual([]);
    if (THEMED.includes(size)) for (const theme of OTHER_THEMES) expect(seen(frameOf(size, events, theme))).toBe(frame);
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
  ask: true,
  checks: true,
  confirm: true,
  help: true,
  hints: true,
  jump: true,
  links: true,
  moments: true,
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
