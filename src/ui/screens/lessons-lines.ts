import type { LessonRow } from '../learn-ports.js';
import { type Line, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { LessonsState } from '../store/learn-state.js';
import type { StyleName } from '../theme.js';
import { windowAround } from './window.js';
import { counted } from './words.js';

/** The header of the list of lessons. */
export function lessonsHeader({ rows }: LessonsState, columns: number): Line {
  const finished = rows.filter((row) => row.finished).length;
  return spread(
    [{ text: ' Lessons', style: 'heading' }],
    [{ text: `${finished} of ${counted(rows.length, 'lesson')} done ` }],
    columns,
  );
}

/** The lessons that fit, the chosen one among them. */
export function lessonsLines({ rows, cursor }: LessonsState, columns: number, room: number): readonly Line[] {
  if (rows.length === 0) return wrapLine([{ text: ' There are no lessons here.' }], columns - 1, 1);
  const lines: Line[] = [];
  let chosen = 0;
  rows.forEach((row, index) => {
    if (row.certification !== rows[index - 1]?.certification) {
      if (index > 0) lines.push([]);
      lines.push([{ text: `   ${row.certification.toUpperCase()}`, style: 'heading' }]);
    }
    if (index === cursor) chosen = lines.length;
    lines.push(lessonLine(row, index === cursor, columns));
  });
  return windowAround(lines, chosen, room).lines;
}

function lessonLine(row: LessonRow, chosen: boolean, columns: number): Line {
  const style: StyleName = chosen ? 'selected' : 'plain';
  return spread(
    [
      { text: chosen ? '   ▸ ' : '     ', style },
      { text: row.title, style: chosen ? 'bold' : 'plain' },
    ],
    [
      { text: farText(row), style: row.finished && !row.open ? 'passed' : 'plain' },
      { text: `${String(row.minutes).padStart(5)} min ` },
    ],
    columns,
  );
}

function farText({ open, finished, done, steps }: LessonRow): string {
  if (open) return `${finished ? '✓ ' : ''}${done} of ${steps} steps`;
  return finished ? '✓ done' : counted(steps, 'step');
}
