import type { Line } from '../line/line.js';
import { overlayLines } from '../overlays/overlay-lines.js';
import { catalogueHeader, catalogueLines, examLine } from '../screens/catalogue-lines.js';
import { examNotice } from '../screens/exam-header.js';
import { examResultHeader, examResultLines } from '../screens/exam-result-lines.js';
import { examStartHeader, examStartLines } from '../screens/exam-start-lines.js';
import { labLayout } from '../screens/lab-layout.js';
import { lessonHeader } from '../screens/lesson-lines.js';
import { lessonsHeader, lessonsLines } from '../screens/lessons-lines.js';
import { progressHeader, progressLines } from '../screens/progress-lines.js';
import { replayPlace } from '../screens/replay-header.js';
import { reportHeader, reportLines } from '../screens/report-lines.js';
import { reviewHeader, reviewLines } from '../screens/review-lines.js';
import { tabClosing } from '../screens/tab-strip.js';
import type { ReplayState } from '../store/replay-state.js';
import type { LabState, State } from '../store/state.js';
import { say } from '../words/words.js';

/** So wide that no row is wrapped or cut: the person's terminal does that. */
const COLUMNS = 1000;
/** More than any list has. */
const ROWS = 10_000;

/** Everything that a screen, or what lies over it, says: from its title to its last row. The clock is said when it is asked for. */
export function linearLines(state: State): Line[] {
  const whole: State = { ...state, size: { columns: COLUMNS, rows: ROWS, bare: true } };
  return state.overlay ? overlayLines(whole, state.overlay, COLUMNS) : screenLines(whole);
}

function screenLines(state: State): Line[] {
  const { screen, lessons, review, lab, exam } = state;
  switch (screen.name) {
    case 'catalogue':
      return [catalogueHeader(state, COLUMNS), examLine(state, COLUMNS), ...catalogueLines(state, COLUMNS, ROWS)];
    case 'lessons':
      return lessons ? [lessonsHeader(lessons, COLUMNS), ...lessonsLines(lessons, COLUMNS, ROWS)] : [];
    case 'review':
      return review ? [reviewHeader(review, COLUMNS), ...reviewLines(review, COLUMNS)] : [];
    case 'progress':
      return [progressHeader(state, COLUMNS), ...progressLines(state, COLUMNS)];
    case 'loading':
      return loadingLines(screen);
    case 'lab':
      return labLines(state);
    case 'report':
      return lab ? [reportHeader(lab, COLUMNS), ...reportLines(lab, screen.part, COLUMNS)] : [];
    case 'exam-start':
      return [examStartHeader(screen.offer, COLUMNS), ...examStartLines(screen.offer, COLUMNS)];
    case 'exam-result':
      return exam ? [examResultHeader(exam, COLUMNS), ...examResultLines(exam, COLUMNS).lines] : [];
    case 'error':
      return [screen.title, ...screen.message.split('\n')].map((text): Line => [{ text }]);
    case 'replay':
      return state.replay ? replayLines(state.replay) : [];
  }
}

/** Where it is known how far it is, the latest step with its place: what was said before is not said again. */
function loadingLines({ title, steps, progress }: Extract<State['screen'], { name: 'loading' }>): Line[] {
  const step = steps.at(-1);
  const said = progress && step !== undefined ? [say('real.step', { ...progress, step })] : steps;
  return [title, ...said].map((text): Line => [{ text }]);
}

/** A task, or a step of a lesson, and what an exam says above it. */
function labLines({ lab, exam, size }: State): Line[] {
  if (!lab) return [];
  const { lines } = labLayout(size, lab);
  const terminals = terminalLines(lab);
  if (lab.lesson) return [lessonHeader(lab, lab.lesson, COLUMNS), ...lines, ...terminals];
  if (lab.task === undefined || !exam) return [[{ text: lab.view.title }], ...lines, ...terminals];
  const { weight = 0 } = exam.view.tasks.find(({ number }) => number === lab.task) ?? {};
  const percent = say('number.percent', { number: weight });
  const numbers = [...exam.flagged].sort((one, other) => one - other).join(', ');
  return [
    [{ text: say('linear.task', { number: lab.task, percent, host: lab.host }) }],
    examNotice(exam),
    // The first row says again which task it is.
    ...lines.slice(1),
    [{ text: numbers === '' ? say('linear.none-flagged') : say('linear.flagged', { numbers }) }],
    ...terminals,
  ];
}

/** A line for each, so that only what is new is said. What is being got ready comes by itself. */
function replayLines(replay: ReplayState): Line[] {
  const { title, said, paused, ended } = replay;
  const standing = ended ? say('replay.end') : paused ? say('replay.paused') : '';
  return [
    [{ text: say('replay.title', { title }) }],
    replayPlace(replay),
    [{ text: said ?? '' }],
    [{ text: standing }],
  ];
}

/** Where there are several, the one that is heard. What runs in the others would be said at every command. */
function terminalLines({ tabs }: LabState): Line[] {
  const front = tabs?.all.find(({ number }) => number === tabs.front);
  if (!tabs || !front) return [];
  const { number, host } = front;
  return [[{ text: say('linear.terminal', { number, host, open: tabs.all.length }) }], tabClosing(tabs)];
}
