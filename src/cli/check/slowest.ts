import type { ProofResult } from '../../labs/proof/prove.js';

const NAMED_MAX = 5;

/** The labs that took longest, each with its slowest case, as lines. What was remembered counts as when it was played. */
export function slowestText(results: readonly ProofResult[]): string[] {
  const slow = [...results].sort((one, other) => other.milliseconds - one.milliseconds).slice(0, NAMED_MAX);
  if (slow.length === 0) return [];
  return [
    'slowest:',
    ...slow.map(
      ({ lab, milliseconds, slowest }) =>
        `  ${seconds(milliseconds)} ${lab}, of which ${seconds(slowest.milliseconds).trim()} ${slowest.says}`,
    ),
  ];
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`.padStart(7);
}
