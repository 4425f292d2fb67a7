import { cheatSheet } from '../keys/context.js';
import { doesText, titleText } from '../keys/table-text.js';
import { type Line, padText, type Span, textWidth } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { inline } from '../markdown/markdown.js';
import { valueMark, valuesIn } from '../markdown/values.js';
import { keyName } from '../screens/key-bar.js';
import type { LabState, Overlay, State } from '../store/state.js';
import { say, saySpans } from '../words/words.js';
import { examConfirmLines, jumpLines, linkLines, notesLines } from './exam-overlays.js';
import { paletteLines } from './palette-lines.js';
import { checksLines, momentsLines } from './practice-overlays.js';
import { unfinishedLines } from './unfinished-lines.js';

const ROWS_WITH_ABOUT_FIRST = 20;

/** What an overlay says, title first. */
export function overlayLines(state: State, overlay: Overlay, columns: number): Line[] {
  switch (overlay.name) {
    case 'help':
      return helpLines(state, columns);
    case 'hints':
      return state.lab ? hintLines(state.lab, columns) : [];
    case 'values':
      return state.lab ? valueLines(state.lab, columns) : [];
    case 'confirm':
      return state.exam && state.lab?.task !== undefined
        ? examConfirmLines(state.exam, overlay.asks, columns)
        : confirmLines(state.lab, overlay.asks, columns);
    case 'jump':
      return jumpLines(state, overlay, columns);
    case 'notes':
      return notesLines(state, overlay, columns);
    case 'palette':
      return paletteLines(state, overlay, columns);
    case 'links':
      return linkLines(state, columns);
    case 'checks':
      return state.lab?.practice ? checksLines(state.lab.practice, columns) : [];
    case 'moments':
      return momentsLines(overlay, state.size.rows, columns);
    case 'ask':
      return [...title(say('ask.title')), ...paragraphs(`${overlay.question}\n\n${say('ask.how')}`, columns)];
    case 'unfinished':
      return unfinishedLines(state, overlay, columns);
    case 'notice':
      return [...title(overlay.title), ...paragraphs(overlay.text, columns)];
  }
}

function helpLines(state: State, columns: number): Line[] {
  const tables = cheatSheet(state).map((table) => ({
    name: titleText(table),
    rows: table.rows.map((row) => ({
      keys: row.keys.map(keyName).join('  '),
      does: doesText(row),
      not: row.disabled?.(state),
    })),
  }));
  const widest = Math.max(...tables.flatMap(({ rows }) => rows.map(({ keys }) => textWidth(keys))));
  const narrow = columns < widest + 34;
  const about = aboutLab(state, columns);
  // In a window of a few rows the keys are what is seen first.
  const aboutLast = state.size.rows < ROWS_WITH_ABOUT_FIRST;
  return [
    ...(aboutLast || about.length === 0 ? [] : [...about, []]),
    ...tables.flatMap(({ name, rows }, index): Line[] => [
      ...(index > 0 ? [[]] : []),
      [{ text: ` ${name}`, style: 'heading' as const }],
      ...rows.flatMap(({ keys, does, not }): Line[] => {
        const text = not === undefined ? does : say('keys-help.not-now', { does, reason: not });
        const said: Span = { text, style: not === undefined ? 'plain' : 'dim' };
        if (!narrow)
          return wrapLine(
            [{ text: '   ' }, { text: padText(keys, widest), style: 'bold' }, { text: '  ' }, said],
            columns,
            widest + 5,
          );
        const below: Line[] = wrapLine([{ text: '   ' }, said], columns, 3);
        return [...wrapLine([{ text: ' ' }, { text: keys, style: 'bold' }], columns, 1), ...below];
      }),
    ]),
    ...(aboutLast && about.length > 0 ? [[], ...about] : []),
  ];
}

/** What the header leaves out where it has no room, and what the marks in the task mean. */
function aboutLab({ screen, lab }: State, columns: number): Line[] {
  if (screen.name !== 'lab' || !lab) return [];
  const { id, seed, points, minutes, task } = lab.view;
  const [value] = valuesIn(task);
  const marks =
    value === undefined
      ? []
      : wrapLine(
          [
            { text: ' ' },
            ...saySpans('lab-help.values', undefined, {
              value: { text: value, style: 'value' },
              mark: { text: valueMark(1), style: 'dim' },
            }),
          ],
          columns,
          1,
        );
  // An exam tells nothing of that.
  if (lab.task !== undefined) return [...paragraphs(say('exam.strip-says'), columns), ...marks];
  return [...paragraphs(say('lab-help.about', { lab: id, seed, points, minutes }), columns), ...marks];
}

function hintLines({ view, hintsTaken }: LabState, columns: number): Line[] {
  const next = view.hints[hintsTaken.length];
  return [
    ...title(say('hints.title', { taken: hintsTaken.length, all: view.hints.length })),
    ...hintsTaken.flatMap(({ text }, index) =>
      wrapLine([{ text: ` ${index + 1}  `, style: 'bold' }, ...inline(text)], columns, 4),
    ),
    ...(hintsTaken.length > 0 ? [[]] : []),
    ...paragraphs(next ? say('hints.next', { points: next.price }) : say('hints.none-left'), columns),
  ];
}

function valueLines({ view }: LabState, columns: number): Line[] {
  return [
    ...title(say('values.title')),
    ...valuesIn(view.task).flatMap((value, index) =>
      wrapLine(
        [
          { text: ` ${index + 1}  `, style: 'bold' },
          { text: value, style: 'value' },
        ],
        columns,
        4,
      ),
    ),
    [],
    ...paragraphs(say('values.how'), columns),
  ];
}

function confirmLines(lab: LabState | undefined, asks: 'finish' | 'surely', columns: number): Line[] {
  if (lab?.real) {
    const { cluster, gradingEnds, canBeLeft } = lab.real;
    const grading = gradingEnds ? say('finish.real-ends', { cluster }) : say('finish.real', { cluster });
    const leaving = canBeLeft ? say('finish.real-left', { cluster }) : say('finish.real-over', { cluster });
    const [heading, what] =
      asks === 'surely' ? [say('finish.surely'), grading] : [say('finish.title'), `${grading}\n${leaving}`];
    return [...title(heading), ...paragraphs(what, columns)];
  }
  if (asks === 'surely') return [...title(say('finish.surely')), ...paragraphs(say('finish.surely-what'), columns)];
  return [...title(say('finish.title')), ...paragraphs(say('finish.what'), columns)];
}

function title(text: string): Line[] {
  return [[{ text: ` ${text}`, style: 'heading' }], []];
}

function paragraphs(text: string, columns: number): Line[] {
  return text.split('\n').flatMap((line) => wrapLine([{ text: ' ' }, { text: line }], columns, 1));
}
