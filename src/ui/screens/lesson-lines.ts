import type { LessonStepView } from '../learn-ports.js';
import { type Line, type Span, spread } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import { markdownLines } from '../markdown/markdown.js';
import { valuesIn } from '../markdown/values.js';
import { isDone, type LessonState, stepAt } from '../store/learn-state.js';
import type { LabState } from '../store/state.js';
import { say } from '../words/words.js';
import { keyName } from './key-bar.js';

/** The lab screen's header at a lesson: which one, how far, and whether the step is done. */
export function lessonHeader({ view }: Pick<LabState, 'view'>, lesson: LessonState, columns: number): Line {
  const { steps, at } = lesson;
  const far = at < steps.length ? say('lesson.step', { number: at + 1, all: steps.length }) : say('lesson.end');
  const right: Line = [...statusOf(lesson), { text: ` · ${far} ` }];
  return spread([{ text: ` ${view.title}`, style: 'heading' }], right, columns);
}

function statusOf(lesson: LessonState): Span[] {
  const step = stepAt(lesson);
  if (!step) return [{ text: `✓ ${say('lesson.all-done')}`, style: 'passed' }];
  if (isDone(lesson, step)) return [{ text: `✓ ${say('lesson.done')}`, style: 'passed' }];
  if (step.checks.length === 0) return [{ text: say('lesson.to-read'), style: 'dim' }];
  return [{ text: lesson.looking ? `… ${say('lesson.looking')}` : `○ ${say('lesson.to-do')}`, style: 'attention' }];
}

/** A step, or the end of the lesson, as lines. What is new comes first: that it is done, or how it is done. */
export function lessonLines(lesson: LessonState, columns: number): Line[] {
  const step = stepAt(lesson);
  if (!step) return endLines(lesson, columns);
  const heading: Line = [{ text: step.title, style: 'heading' }];
  const done = isDone(lesson, step);
  return [
    ...(done && step.checks.length > 0 ? doneLines(step, columns) : []),
    ...(lesson.solution && step.do !== undefined ? solutionLines(step, lesson, columns) : []),
    heading,
    ...markdownLines(step.text, columns),
    ...(step.do === undefined ? readLines(done, columns) : doLines(step, lesson, columns)),
  ];
}

function doneLines({ shows }: LessonStepView, columns: number): Line[] {
  return [
    ...wrapLine([{ text: `✓ ${say('lesson.step-done')} `, style: 'passed' }, { text: goesOn() }], columns),
    ...(shows === undefined ? [] : markdownLines(shows, columns)),
    [],
  ];
}

function goesOn(): string {
  return say('lesson.goes-on', { key: keyName('F7') });
}

function readLines(done: boolean, columns: number): Line[] {
  return done ? [] : [[], ...wrapLine([{ text: goesOn(), style: 'dim' }], columns)];
}

function doLines(step: LessonStepView, lesson: LessonState, columns: number): Line[] {
  const task = step.do ?? '';
  return [
    [],
    ...markdownLines(task, columns - 2, valuesIn(task)).map(
      (line, row): Line => [{ text: row === 0 ? '▸ ' : '  ', style: 'focus' }, ...line],
    ),
    [],
    ...step.checks.flatMap((check) => checkLines(check, lesson, isDone(lesson, step), columns)),
    ...(lesson.failure === undefined
      ? []
      : wrapLine([{ text: say('look.failed', { reason: lesson.failure }), style: 'failed' }], columns)),
  ];
}

/** What is still missing is told once something was done. */
function checkLines(
  { id, says }: LessonStepView['checks'][number],
  { report }: LessonState,
  done: boolean,
  columns: number,
): Line[] {
  const seen = report?.checks.find((check) => check.id === id);
  const holds = done || seen?.passed === true;
  const sign: Span = holds ? { text: '✓ ', style: 'passed' } : { text: '○ ', style: 'attention' };
  const found: Line[] =
    holds || !seen || seen.found === ''
      ? []
      : wrapLine([{ text: `  ${say('lesson.now', { found: seen.found })}`, style: 'dim' }], columns, 2);
  return [...wrapLine([sign, { text: says }], columns, 2), ...found];
}

function solutionLines({ solution }: LessonStepView, { typed }: LessonState, columns: number): Line[] {
  return [
    [
      { text: say('report.solution'), style: 'bold' },
      { text: ` · ${say('lesson.types', { key: keyName('F6') })}`, style: 'dim' },
    ],
    ...solution.flatMap(({ text }, at) =>
      text
        .split('\n')
        .flatMap((line, row) =>
          wrapLine(
            [{ text: row > 0 ? '  ' : at < typed ? '✓ ' : at === typed ? '→ ' : '  ' }, { text: line, style: 'code' }],
            columns,
            4,
          ),
        ),
    ),
    [],
  ];
}

function endLines({ explains, reads }: LessonState, columns: number): Line[] {
  return [
    [{ text: `✓ ${say('lesson.over')}`, style: 'passed' }],
    [],
    ...markdownLines(explains, columns),
    ...(reads.length > 0 ? [[], [{ text: say('report.read-on'), style: 'bold' as const }]] : []),
    ...reads.flatMap((address) => wrapLine([{ text: address }], columns, 2)),
    [],
    ...wrapLine([{ text: say('lesson.over-how', { key: keyName('F10') }), style: 'dim' }], columns),
  ];
}
