import { type Line, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { InterruptedAttempt } from '../ports.js';
import { windowAround } from '../screens/window.js';
import { agoText, clockText } from '../screens/words.js';
import type { Overlay, State } from '../store/state.js';
import { attemptsOffered } from '../store/unfinished.js';
import { say } from '../words/words.js';

type Unfinished = Extract<Overlay, { name: 'unfinished' }>;

/** Below this width seeds are shown only of attempts that are called the same. */
const COLUMNS_WITH_SEED = 76;
/** Rows of the window that are not the list's: the title, what is said below it, and the edges. */
const ROWS_BESIDE = 6;

/** Attempts to go on with. The chosen one stands in its row; the first rows are scrolled away where there are many. */
export function unfinishedLines({ catalogue, now, size }: State, overlay: Unfinished, columns: number): Line[] {
  const { cursor, dropping, wanted } = overlay;
  const unfinished = attemptsOffered(catalogue.view, overlay);
  const rows = unfinished.map((attempt, index): Line => {
    const { title: name, started, exam } = attempt;
    const left = exam ? `${leftText(exam.secondsLeft)} · ` : '';
    const chosen = index === cursor;
    return spread(
      [
        { text: chosen ? ' ▸ ' : '   ', style: chosen ? 'selected' : 'plain' },
        { text: name, style: chosen ? 'bold' : 'plain' },
      ],
      [
        { text: aboutText(attempt, unfinished, columns), style: 'dim' },
        { text: left },
        { text: agoText(started, now), style: 'dim' },
      ],
      columns,
    );
  });
  const help = paragraph(
    say(dropping ? 'unfinished.dropping' : wanted ? 'unfinished.or-anew' : 'unfinished.how'),
    columns,
  );
  const room = Math.max(1, size.rows - ROWS_BESIDE - help.length);
  return [
    [{ text: ` ${titleText(unfinished, overlay)}`, style: 'heading' }],
    [],
    ...windowAround(rows, cursor, room).lines,
    [],
    ...help,
  ];
}

/** Whose time is over, or was ended, is only graded. */
function leftText(seconds: number): string {
  return seconds > 0 ? say('unfinished.left', { time: clockText(seconds) }) : say('unfinished.to-be-graded');
}

function titleText(unfinished: readonly InterruptedAttempt[], { cursor, dropping, wanted }: Unfinished): string {
  if (dropping) return say('unfinished.drop', { title: unfinished[cursor]?.title ?? '' });
  if (wanted) return say('unfinished.go-on', { title: wanted.title });
  const [only] = unfinished;
  return unfinished.length === 1 && only ? say('unfinished.go-on', { title: only.title }) : say('unfinished.title');
}

/** What tells an attempt from others: where there is little room, no more than its seed, and that only if it must. */
function aboutText(
  { title, lab, seed, exam }: InterruptedAttempt,
  all: readonly InterruptedAttempt[],
  columns: number,
): string {
  const seedText = `${say('lab.seed', { seed })} · `;
  if (columns >= COLUMNS_WITH_SEED) return `${exam ? say('unfinished.exam') : lab} · ${seedText}`;
  return all.filter((one) => one.title === title).length > 1 ? seedText : '';
}

function paragraph(text: string, columns: number): Line[] {
  return wrapLine([{ text: ' ' }, { text }], columns, 1);
}
