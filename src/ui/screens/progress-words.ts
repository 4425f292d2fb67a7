import type { History } from '../../labs/progress/history.js';
import type { NextStep } from '../../labs/progress/next-steps.js';
import type { PracticeDay } from '../../labs/progress/practice-days.js';
import { say } from '../words/words.js';
import { clockText } from './words.js';

/** What mastery means, for whoever sees its numbers. */
export function masterySays(): string {
  return say('progress.mastery-says');
}

/** Days that are compared with as many before them. */
const RECENT_DAYS = 7;

/** A share from 0 to 1 as whole per cent; only all of it is 100. */
export function percentText(share: number): string {
  return say('number.percent', { number: percentOf(share) });
}

/** A share as whole per cent, rounded, but that only nothing is 0 and only all of it 100. */
function percentOf(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? 100 : Math.max(1, Math.min(99, Math.round(100 * share)));
}

/** Time spent beside what it should take: `8:12 of 7:00`. */
export function timeText(seconds: number | undefined, minutes: number | undefined): string {
  if (seconds === undefined) return '–';
  return minutes === undefined
    ? clockText(seconds)
    : say('time.of', { spent: clockText(seconds), limit: clockText(minutes * 60) });
}

/** What a step is: the lab, or the exam. */
export function stepTitle(step: NextStep): string {
  if (step.kind === 'cards') return say('step.cards');
  return step.kind === 'exam' ? say('step.exam', { certification: step.certification.toUpperCase() }) : step.title;
}

/** What is typed in a shell to take a step. */
export function stepCommand(step: NextStep): string {
  if (step.kind === 'cards') return `kubedrill review ${step.certification}`;
  return step.kind === 'exam' ? `kubedrill exam ${step.certification}` : `kubedrill run ${step.lab}`;
}

/** Why a step comes next: whole sentences. */
export function stepReason(step: NextStep): string {
  switch (step.kind) {
    case 'first':
      return say('step-why.first');
    case 'exam': {
      const mastered = { share: percentText(step.mastery), certification: step.certification.toUpperCase() };
      return step.last === undefined
        ? say('step-why.exam', mastered)
        : say('step-why.exam-again', { ...mastered, last: step.last });
    }
    case 'again':
      return step.full
        ? say('step-why.slow', { time: timeText(step.seconds, step.minutes) })
        : say('step-why.points', { points: step.latest.points, total: step.latest.total });
    case 'weakest':
      return weakestReason(step);
    case 'cards':
      return say('step-why.cards', { cards: step.count });
    case 'due':
      return say('step-why.due', { days: step.days });
  }
}

function weakestReason({
  certification,
  domain,
  weight,
  mastery,
  tried,
}: Extract<NextStep, { kind: 'weakest' }>): string {
  const share =
    mastery === 0 ? say('step-why.not-mastered') : say('step-why.mastered', { share: percentText(mastery) });
  if (weight === undefined)
    return tried ? say('step-why.weakest', { domain, share }) : say('step-why.weakest-new', { domain, share });
  const values = { domain, weight, certification: certification.toUpperCase(), share };
  return tried ? say('step-why.weakest-of', values) : say('step-why.weakest-of-new', values);
}

/** How the last days compare with those before: one sentence; empty without a score. */
export function trendText(days: readonly PracticeDay[]): string {
  const scores = days.flatMap(({ share }) => (share === undefined ? [] : [share]));
  if (scores.length === 0) return '';
  const average = (shares: readonly number[]): string =>
    percentText(shares.reduce((sum, share) => sum + share, 0) / shares.length);
  const recent = scores.slice(-RECENT_DAYS);
  const before = scores.slice(-2 * RECENT_DAYS, -RECENT_DAYS);
  const last = { share: average(recent), days: recent.length };
  return before.length === 0
    ? say('progress.trend', last)
    : say('progress.trend-before', { ...last, shareBefore: average(before), daysBefore: before.length });
}

/** How much was practised: one sentence. */
export function practiceText({ days, daysInARow }: Pick<History, 'days' | 'daysInARow'>): string {
  const seconds = days.reduce((sum, day) => sum + day.seconds, 0);
  const practised = { days: days.length, time: spanText(seconds) };
  return daysInARow > 1
    ? say('progress.practised-in-a-row', { ...practised, inARow: daysInARow })
    : say('progress.practised', practised);
}

/** A span as `35 min` or `12 h 5 min`. */
export function spanText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60
    ? say('span.minutes', { minutes })
    : say('span.hours-and-minutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
