import { type Line, lineWidth, type Span, spread } from '../line/line.js';
import type { ExamState } from '../store/exam-state.js';
import { say } from '../words/words.js';
import { clockText } from './words.js';

const GAP = 2;
/** From here on the time that is left is not to be overlooked. */
const ATTENTION_SECONDS = 15 * 60;
/** What the header leaves out for want of room, the first first. */
const DROPPED = ['seed', 'weight', 'pace', 'title', 'words'] as const;

/**
 * An exam's header: which exam, which task, what it weighs, and the time that is left, which always stays. Where it stands
 * `alone`, without the row for what has to be said, it says of the time itself.
 */
export function examHeader(
  exam: ExamState,
  { seconds, minutesOver }: { readonly seconds: number; readonly minutesOver: number },
  { small, alone }: { readonly small: boolean; readonly alone: boolean },
  columns: number,
): Line {
  const without = new Set<string>();
  const left = (): Line => headerLeft(exam, { small, alone }, without);
  const right = (): Line => headerRight(exam, seconds, minutesOver, without);
  for (const part of DROPPED) {
    if (lineWidth(left()) + lineWidth(right()) + GAP <= columns) break;
    without.add(part);
  }
  return spread(left(), right(), columns);
}

function headerLeft(
  { view, alert }: ExamState,
  { small, alone }: { readonly small: boolean; readonly alone: boolean },
  without: ReadonlySet<string>,
): Line {
  if (alone && alert !== undefined) return [{ text: ` ${alert}`, style: 'attention' }];
  if (without.has('title')) return [{ text: ' ' }];
  return [
    small ? { text: ` ${say('lab.small')}`, style: 'attention' } : { text: ` ${view.title}`, style: 'heading' },
    { text: small || without.has('seed') ? '' : ` · ${say('lab.seed', { seed: view.seed })}`, style: 'dim' },
  ];
}

function headerRight(
  { view, current }: ExamState,
  seconds: number,
  minutesOver: number,
  without: ReadonlySet<string>,
): Line {
  const weight = view.tasks.find(({ number }) => number === current)?.weight ?? 0;
  const pace = view.coach && !without.has('pace') ? paceSpans(minutesOver) : [];
  return [
    {
      text: without.has('words')
        ? `${current}/${view.tasks.length}`
        : say('exam.task-of', { number: current, total: view.tasks.length }),
    },
    { text: without.has('weight') ? '' : ` · ${say('number.percent', { number: weight })}` },
    ...pace,
    { text: '   ' },
    { text: clockText(seconds), style: seconds <= ATTENTION_SECONDS ? 'attention' : 'bold' },
    { text: ' ' },
  ];
}

function paceSpans(minutesOver: number): Span[] {
  if (minutesOver === 0) return [{ text: ` · ${say('exam.on-plan')}`, style: 'dim' }];
  return minutesOver > 0
    ? [{ text: ' · ' }, { text: say('exam.over-plan', { minutes: minutesOver }), style: 'attention' }]
    : [{ text: ` · ${say('exam.in-hand', { minutes: -minutesOver })}`, style: 'passed' }];
}

/** All tasks: `·` those that were opened, `⚑` those that are flagged, in brackets the one in front. */
export function examStrip(exam: ExamState, columns: number): Line {
  const items = exam.view.tasks.map(({ number }) => stripItem(exam, number));
  const chosen = exam.view.tasks.findIndex(({ number }) => number === exam.current);
  let first = 0;
  let last = items.length;
  const line = (): Line => [
    { text: first > 0 ? ' …' : '' },
    ...items.slice(first, last).flatMap((item): Span[] => [{ text: ' ' }, ...item]),
    { text: last < items.length ? ' …' : '' },
  ];
  // What does not fit goes where the chosen one is further away.
  while (lineWidth(line()) > columns && last - first > 1) {
    if (chosen - first > last - 1 - chosen) first += 1;
    else last -= 1;
  }
  return line();
}

function stripItem({ current, flagged, opened }: ExamState, number: number): Span[] {
  const mark: Span[] = flagged.includes(number)
    ? [{ text: '⚑', style: 'attention' }]
    : opened.includes(number) && number !== current
      ? [{ text: '·', style: 'dim' }]
      : [];
  if (number !== current) return [{ text: String(number) }, ...mark];
  return [{ text: `[${number}`, style: 'selected' }, ...mark, { text: ']', style: 'selected' }];
}

/** What has to be said now: of the time that is left, of a full disk, or that a machine is being made. Empty for nothing. */
export function examNotice({ alert, preparing, current, trouble, advice }: ExamState): Line {
  if (alert !== undefined) return [{ text: ` ${alert}`, style: 'attention' }];
  if (trouble !== undefined) return [{ text: ` ${say('exam.not-written', { reason: trouble })}`, style: 'failed' }];
  if (preparing) return [{ text: ` ${say('exam.preparing-task', { number: current })} …`, style: 'focus' }];
  return advice?.task === current ? [{ text: ` ${advice.text}`, style: 'dim' }] : [];
}
