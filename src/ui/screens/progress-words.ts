import type { History } from '../../labs/progress/history.js';
import type { NextStep } from '../../labs/progress/next-steps.js';
import type { PracticeDay } from '../../labs/progress/practice-days.js';
import { clockText, counted } from './words.js';

/** What mastery means, for whoever sees its numbers. */
export const MASTERY_SAYS =
  'A task type is mastered when its last attempt earned every point within its minutes. That counts whole for 14 days, then half as much with every further 30.';

/** Days that are compared with as many before them. */
const RECENT_DAYS = 7;

/** A share from 0 to 1 as whole per cent; only all of it is 100. */
export function percentText(share: number): string {
  return `${percentOf(share)} %`;
}

/** A share as whole per cent, rounded, but that only nothing is 0 and only all of it 100. */
function percentOf(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? 100 : Math.max(1, Math.min(99, Math.round(100 * share)));
}

/** Time spent beside what it should take: `8:12 of 7:00`. */
export function timeText(seconds: number | undefined, minutes: number | undefined): string {
  if (seconds === undefined) return '–';
  return minutes === undefined ? clockText(seconds) : `${clockText(seconds)} of ${clockText(minutes * 60)}`;
}

/** What a step is: the lab, or the exam. */
export function stepTitle(step: NextStep): string {
  if (step.kind === 'cards') return 'A review of cards';
  return step.kind === 'exam' ? `A mock exam for ${step.certification.toUpperCase()}` : step.title;
}

/** What is typed in a shell to take a step. */
export function stepCommand(step: NextStep): string {
  if (step.kind === 'cards') return 'kubedrill review';
  return step.kind === 'exam' ? `kubedrill exam ${step.certification}` : `kubedrill run ${step.lab}`;
}

/** Why a step comes next: whole sentences. */
export function stepReason(step: NextStep): string {
  switch (step.kind) {
    case 'first':
      return 'Nothing is graded yet; this is the easiest lab to begin with.';
    case 'exam': {
      const last = step.last === undefined ? '' : ` The last one came to ${step.last} %.`;
      return `${percentText(step.mastery)} of ${step.certification.toUpperCase()} is mastered: see how an exam goes.${last}`;
    }
    case 'again':
      return step.full
        ? `Every point last time, but in ${timeText(step.seconds, step.minutes)}.`
        : `The last attempt earned ${step.latest.points} of ${step.latest.total} points.`;
    case 'weakest':
      return weakestReason(step);
    case 'cards':
      return `${counted(step.count, 'card')} ${step.count === 1 ? 'is' : 'are'} due.`;
    case 'due':
      return `Done well ${counted(step.days, 'day')} ago: see whether it still goes.`;
  }
}

function weakestReason({
  certification,
  domain,
  weight,
  mastery,
  tried,
}: Extract<NextStep, { kind: 'weakest' }>): string {
  const share = weight === undefined ? '' : ` is ${weight} % of ${certification.toUpperCase()} and`;
  const known = mastery === 0 ? 'not mastered yet' : `${percentText(mastery)} mastered`;
  return `${domain}${share === '' ? ' is' : `${share}`} ${known}${tried ? '' : '; this lab is new to you'}.`;
}

/** How the last days compare with those before: one sentence; empty without a score. */
export function trendText(days: readonly PracticeDay[]): string {
  const scores = days.flatMap(({ share }) => (share === undefined ? [] : [share]));
  if (scores.length === 0) return '';
  const average = (shares: readonly number[]): string =>
    percentText(shares.reduce((sum, share) => sum + share, 0) / shares.length);
  const recent = scores.slice(-RECENT_DAYS);
  const before = scores.slice(-2 * RECENT_DAYS, -RECENT_DAYS);
  const last = recent.length === 1 ? 'on the one day practised' : `over the last ${recent.length} days practised`;
  return `${average(recent)} of the points ${last}${before.length === 0 ? '' : `, ${average(before)} over the ${before.length} before`}.`;
}

/** How much was practised: one sentence. */
export function practiceText({ days, daysInARow }: Pick<History, 'days' | 'daysInARow'>): string {
  const seconds = days.reduce((sum, day) => sum + day.seconds, 0);
  const row = daysInARow > 1 ? `, ${daysInARow} in a row up to now` : '';
  return `${counted(days.length, 'day')} practised${row}; ${spanText(seconds)} in all.`;
}

/** A span as `35 min` or `12 h 5 min`. */
export function spanText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
