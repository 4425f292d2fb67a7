import { graphemes, type Line, type Span, spread, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { overlayRows, windowAround } from '../screens/window.js';
import { counted } from '../screens/words.js';
import { type ExamState, leftOver } from '../store/exam-state.js';
import type { Overlay, State } from '../store/state.js';

const ROWS_WITH_TITLE = 6;

/** The tasks of an exam, to choose one: its state, its weight and where it is done. */
export function jumpLines(state: State, { cursor }: Extract<Overlay, { name: 'jump' }>, columns: number): Line[] {
  const { exam } = state;
  if (!exam) return [];
  const rows = exam.view.tasks.map(({ number, weight, host }, index): Line => {
    const chosen = index === cursor;
    const style = chosen ? 'selected' : 'plain';
    return spread(
      [
        { text: chosen ? ' ▸ ' : '   ', style },
        { text: `${String(number).padStart(2)}  `, style },
        { text: host.padEnd(16), style: chosen ? 'bold' : 'plain' },
        ...stateOf(exam, number),
      ],
      [{ text: `${weight} % ` }],
      Math.min(columns, 72),
    );
  });
  const title: Line = [
    { text: ' Jump to a task', style: 'heading' },
    { text: ': type its number', style: 'dim' },
  ];
  return below(state, title, rows, cursor);
}

/** Rows below a title, the chosen one among them; a window of a few rows has none for the title. */
function below(state: State, title: Line, rows: readonly Line[], chosen: number): Line[] {
  const room = overlayRows(state);
  const head: Line[] = room < ROWS_WITH_TITLE ? [] : [title, []];
  return [...head, ...windowAround(rows, chosen, room - head.length).lines];
}

function stateOf({ current, opened, flagged }: ExamState, number: number): Span[] {
  const here: Span[] = number === current ? [{ text: 'in front  ', style: 'focus' }] : [];
  const seen: Span[] = opened.includes(number)
    ? number === current
      ? []
      : [{ text: '· opened  ', style: 'dim' }]
    : [{ text: 'not opened  ' }];
  return [...here, ...seen, ...(flagged.includes(number) ? [{ text: '⚑ flagged', style: 'attention' as const }] : [])];
}

/** The notepad, with its cursor; the rows around the cursor where there are many. */
export function notesLines(
  state: State,
  { text, cursor }: Extract<Overlay, { name: 'notes' }>,
  columns: number,
): Line[] {
  const title: Line = [
    { text: ' Notes', style: 'heading' },
    { text: ': kept with the exam, never graded', style: 'dim' },
  ];
  const { rows, chosen } = noteRows(text, cursor, Math.max(2, columns - 2));
  return below(state, title, rows, chosen);
}

/** The notepad's text in rows, and the row that the cursor is in. Every character has its cell, and the cursor one. */
function noteRows(text: string, cursor: number, columns: number): { rows: Line[]; chosen: number } {
  const rows: Span[][] = [[{ text: ' ' }]];
  let width = 0;
  let at = 0;
  let chosen = 0;
  const put = (shown: string, length: number): void => {
    const wide = textWidth(shown);
    if (width + wide > columns) {
      rows.push([{ text: ' ' }]);
      width = 0;
    }
    const here = at === cursor;
    if (here) chosen = rows.length - 1;
    rows.at(-1)?.push(here ? { text: shown, style: 'cursor' } : { text: shown });
    width += wide;
    at += length;
  };
  for (const grapheme of graphemes(text)) {
    if (grapheme !== '\n') {
      put(grapheme, grapheme.length);
      continue;
    }
    if (at === cursor) put(' ', 1);
    else at += 1;
    rows.push([{ text: ' ' }]);
    width = 0;
  }
  if (at === cursor) put(' ', 0);
  return { rows, chosen };
}

/** What the exam allows to be read; where the terminal can do that a click opens it. */
export function linkLines({ exam }: State, columns: number): Line[] {
  if (!exam) return [];
  const { sites, quickReference } = exam.view;
  const address = (url: string): Line[] =>
    wrapLine([{ text: '   ' }, { text: url, style: 'value', link: url }], columns, 3);
  return [
    [{ text: ' Web sites that the exam allows', style: 'heading' }],
    [],
    ...quickReference.flatMap(address),
    [],
    ...wrapLine([{ text: ' ' }, { text: 'and everything below' }], columns, 1),
    ...sites.flatMap((site) => address(`https://${site}`)),
    [],
    ...wrapLine(
      [
        { text: ' ' },
        { text: 'Open them in your browser: many terminals do so when an address is clicked with Ctrl.', style: 'dim' },
      ],
      columns,
      1,
    ),
  ];
}

/** What is asked before an exam is finished. */
export function examConfirmLines(exam: ExamState, asks: 'finish' | 'surely', columns: number): Line[] {
  const { unopened, flagged } = leftOver(exam);
  const wrapped = (...spans: Span[]): Line[] => wrapLine([{ text: ' ' }, ...spans], columns, 1);
  const list = (what: string, numbers: readonly number[]): Line[] =>
    numbers.length === 0 ? [] : wrapped({ text: `${what}: ` }, { text: numbers.join(', '), style: 'attention' });
  const left = [...list('Not opened', unopened), ...list('Flagged', flagged)];
  const nothing = wrapped({ text: 'Every task was opened, and none is flagged.' });
  if (asks === 'surely')
    return [
      [{ text: ' Really finish the exam?', style: 'heading' }],
      [],
      ...left,
      ...(left.length > 0 ? [[]] : []),
      ...wrapped({
        text: `Enter ends it and grades all ${counted(exam.view.tasks.length, 'task')} as they are now. There is no way back.`,
      }),
    ];
  const clock =
    exam.view.interruptions === 'count' ? 'its clock runs on meanwhile' : 'its clock stands still meanwhile';
  return [
    [{ text: ' Finish the exam?', style: 'heading' }],
    [],
    ...(left.length === 0 ? nothing : left),
    [],
    ...wrapped({ text: `l and q leave it unfinished: you can go on with it later, and ${clock}.`, style: 'dim' }),
  ];
}
