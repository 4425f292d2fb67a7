import type { Verdict } from '../condition.js';
import type { Answered, WebAnswer } from './web-answer.js';

/** How large a part of the answers is to be, in percent. */
export interface Share {
  readonly exactly?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Percent that `exactly` may be missed by; 0 when left out. */
  readonly tolerance?: number;
}

/** Judges answers, of which there is at least one, by who gave them. `who` tells that; undefined where it cannot be seen. */
export function judgeShares(
  answers: readonly WebAnswer[],
  shares: Readonly<Record<string, Share>>,
  who: (answer: WebAnswer) => string | undefined,
): Verdict {
  const counts = new Map<string, number>();
  for (const answer of answers) {
    const name = who(answer) ?? 'others';
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const percent = (name: string): number => (100 * (counts.get(name) ?? 0)) / answers.length;
  const wrong = Object.entries(shares).find(([name, share]) => !isWithin(percent(name), share));
  const [name, share] = wrong ?? (Object.entries(shares)[0] as [string, Share]);
  const names = [...new Set([...Object.keys(shares), ...counts.keys()])];
  return {
    passed: wrong === undefined,
    expected: `${name} ${shareWords(share)}`,
    found: `${names.map((one) => `${one} ${rounded(percent(one))} %`).join(', ')} of ${answers.length}`,
  };
}

function isWithin(percent: number, { exactly, atLeast, atMost, tolerance = 0 }: Share): boolean {
  if (exactly !== undefined && Math.abs(percent - exactly) > tolerance) return false;
  if (atLeast !== undefined && percent < atLeast) return false;
  return atMost === undefined || percent <= atMost;
}

function shareWords({ exactly, atLeast, atMost, tolerance = 0 }: Share): string {
  const words = [
    ...(exactly === undefined ? [] : [tolerance === 0 ? `${exactly} %` : `${exactly} % (±${tolerance})`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast} %`]),
    ...(atMost === undefined ? [] : [`at most ${atMost} %`]),
  ];
  return words.join(' and ');
}

function rounded(percent: number): number {
  return Math.round(percent * 10) / 10;
}

/** Why a request failed: nobody answered, or the server said that it could not. */
export function failureOf(answer: Answered): string | undefined {
  if ('none' in answer) return answer.none;
  return answer.code >= 500 ? `code ${answer.code}` : undefined;
}
