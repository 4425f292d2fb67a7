import type { LessonRow } from '../learn-ports.js';
import { type Line, padStartText, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { LessonsState } from '../store/learn-state.js';
import type { StyleName } from '../theme.js';
import { say } from '../words/words.js';
import { windowAround } from './window.js';

/** The header of the list of lessons. */
export function lessonsHeader({ rows }: LessonsState, columns: number): Line {
  const finished = rows.filter((row) => row.finished).length;
  return spread(
    [{ text: ` ${say('lessons.title')}`, style: 'heading' }],
    [{ text: `${say('lessons.done', { done: finished, all: rows.length })} ` }],
    columns,
  );
}

/** The lessons that fit, the chosen one among them. */
export function lessonsLines({ rows, cursor }: LessonsState, columns: number, room: number): readonly Line[] {
  if (rows.length === 0) return wrapLine([{ text: ` ${say('lessons.none')}` }], columns - 1, 1);
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
      { text: `${padStartText(say('catalogue.minutes', { minutes: row.minutes }), 9)} ` },
    ],
    columns,
  );
}

function farText({ open, finished, done, steps }: LessonRow): string {
  if (open) return `${finished ? '✓ ' : ''}${say('lessons.far', { done, steps })}`;
  return finished ? `✓ ${say('lesson.done')}` : say('lessons.steps', { steps });
}
