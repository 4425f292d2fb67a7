import { graphemes, type Line, type Span, spread, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { overlayRows, windowAround } from '../screens/window.js';
import { type ExamState, leftOver } from '../store/exam-state.js';
import type { Overlay, State } from '../store/state.js';
import { say, saySpans } from '../words/words.js';

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
        // On a cluster that all share it would say nothing.
        ...(exam.view.real ? [] : [{ text: host.padEnd(16), style: chosen ? 'bold' : 'plain' } as const]),
        ...stateOf(exam, number),
      ],
      [{ text: `${say('number.percent', { number: weight })} ` }],
      Math.min(columns, 72),
    );
  });
  const title: Line = [
    { text: ` ${say('exam-jump.title')}`, style: 'heading' },
    { text: `: ${say('exam-jump.how')}`, style: 'dim' },
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
  const here: Span[] = number === current ? [{ text: `${say('exam-task.in-front')}  `, style: 'focus' }] : [];
  const seen: Span[] = opened.includes(number)
    ? number === current
      ? []
      : [{ text: `· ${say('exam-task.opened')}  `, style: 'dim' }]
    : [{ text: `${say('exam-task.not-opened')}  ` }];
  return [
    ...here,
    ...seen,
    ...(flagged.includes(number) ? [{ text: `⚑ ${say('exam-task.flagged')}`, style: 'attention' as const }] : []),
  ];
}

/** The notepad, with its cursor; the rows around the cursor where there are many. */
export function notesLines(
  state: State,
  { text, cursor }: Extract<Overlay, { name: 'notes' }>,
  columns: number,
): Line[] {
  const title: Line = [
    { text: ` ${say('exam-notes.title')}`, style: 'heading' },
    { text: `: ${say('exam-notes.what')}`, style: 'dim' },
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
    [{ text: ` ${say('exam-links.title')}`, style: 'heading' }],
    [],
    ...quickReference.flatMap(address),
    [],
    ...wrapLine([{ text: ' ' }, { text: say('exam-links.below') }], columns, 1),
    ...sites.flatMap((site) => address(`https://${site}`)),
    [],
    ...wrapLine([{ text: ' ' }, { text: say('exam-links.how'), style: 'dim' }], columns, 1),
  ];
}

/** What is asked before an exam is finished. */
export function examConfirmLines(exam: ExamState, asks: 'finish' | 'surely', columns: number): Line[] {
  const { unopened, flagged } = leftOver(exam);
  const wrapped = (...spans: Span[]): Line[] => wrapLine([{ text: ' ' }, ...spans], columns, 1);
  const list = (key: 'exam-finish.not-opened' | 'exam-finish.flagged', numbers: readonly number[]): Line[] =>
    numbers.length === 0
      ? []
      : wrapped(...saySpans(key, undefined, { tasks: { text: numbers.join(', '), style: 'attention' } }));
  const left = [...list('exam-finish.not-opened', unopened), ...list('exam-finish.flagged', flagged)];
  const nothing = wrapped({ text: say('exam-finish.nothing-left') });
  if (asks === 'surely')
    return [
      [{ text: ` ${say('exam-finish.surely')}`, style: 'heading' }],
      [],
      ...left,
      ...(left.length > 0 ? [[]] : []),
      ...wrapped({
        text: say('exam-finish.surely-what', { tasks: exam.view.tasks.length }),
      }),
    ];
  const leaving =
    exam.view.interruptions === 'count' ? say('exam-finish.leave-clock-runs') : say('exam-finish.leave-clock-stands');
  return [
    [{ text: ` ${say('exam-finish.title')}`, style: 'heading' }],
    [],
    ...(left.length === 0 ? nothing : left),
    [],
    ...wrapped({ text: leaving, style: 'dim' }),
  ];
}
