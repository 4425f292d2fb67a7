import { cheatSheet } from '../keys/context.js';
import { type Line, padText } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { inline, valuesIn } from '../markdown/markdown.js';
import { keyName } from '../screens/key-bar.js';
import { counted } from '../screens/words.js';
import type { LabState, Overlay, State } from '../store/state.js';

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
      return confirmLines(overlay.asks, columns);
    case 'notice':
      return [...title(overlay.title), ...paragraphs(overlay.text, columns)];
  }
}

function helpLines(state: State, columns: number): Line[] {
  return cheatSheet(state).flatMap(({ title: name, rows }, index): Line[] => [
    ...(index > 0 ? [[]] : []),
    [{ text: ` ${name}`, style: 'heading' as const }],
    ...rows.flatMap((row): Line[] => {
      const reason = row.disabled?.(state);
      const keys = padText(row.keys.map(shownKey).join('  '), 18);
      const does = reason === undefined ? row.does : `${row.does} (${reason})`;
      return wrapLine(
        [
          { text: '   ' },
          { text: keys, style: 'bold' },
          { text: ` ${does}`, style: reason === undefined ? 'plain' : 'dim' },
        ],
        columns,
        22,
      );
    }),
  ]);
}

function shownKey(key: string): string {
  if (key.startsWith('leader ')) return `^] ${shownKey(key.slice('leader '.length))}`;
  if (key === ' ') return 'Space';
  if (key === 'down') return '↓';
  if (key === 'up') return '↑';
  return keyName(key);
}

function hintLines({ view, hintsTaken }: LabState, columns: number): Line[] {
  const next = view.hints[hintsTaken.length];
  return [
    ...title(`Hints: ${hintsTaken.length} of ${view.hints.length} taken`),
    ...hintsTaken.flatMap(({ text }, index) =>
      wrapLine([{ text: ` ${index + 1}  `, style: 'bold' }, ...inline(text)], columns, 4),
    ),
    ...(hintsTaken.length > 0 ? [[]] : []),
    ...paragraphs(
      next
        ? `The next hint costs ${next.price === 0 ? 'nothing' : counted(next.price, 'point')}. Enter takes it.`
        : 'There is no further hint.',
      columns,
    ),
  ];
}

function valueLines({ view }: LabState, columns: number): Line[] {
  return [
    ...title('Values: a number types one at the prompt'),
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
    ...paragraphs('In the terminal Ctrl-] and the number do the same.', columns),
  ];
}

function confirmLines(asks: 'finish' | 'surely', columns: number): Line[] {
  if (asks === 'surely')
    return [...title('Really finish?'), ...paragraphs('Enter grades the cluster as it is now.', columns)];
  return [
    ...title('Finish this attempt?'),
    ...paragraphs(
      'A copy of your cluster is graded; yours stays as it is. Leaving keeps the attempt, to go on later.',
      columns,
    ),
  ];
}

function title(text: string): Line[] {
  return [[{ text: ` ${text}`, style: 'heading' }], []];
}

function paragraphs(text: string, columns: number): Line[] {
  return text.split('\n').flatMap((line) => wrapLine([{ text: ' ' }, { text: line }], columns, 1));
}
