import type { Line } from '../line/line.js';
import { wrapLine } from '../line/wrap.js';
import type { PracticeState } from '../store/practice-state.js';
import { say } from '../words/words.js';

/** The solution in the task's place, from the last step on that was typed: that one and what comes next are seen. */
export function solutionLines({ steps, typed }: PracticeState, columns: number, typing = true): Line[] {
  const first = Math.max(0, typed - 1);
  return [
    [{ text: say('solution.typed', { typed, all: steps.length }), style: 'heading' }],
    ...wrapLine(
      [{ text: typing && typed < steps.length ? say('solution.next') : say('solution.back'), style: 'dim' }],
      columns,
    ),
    ...steps
      .slice(first)
      .flatMap((step, index) =>
        step
          .split('\n')
          .flatMap((line, row) =>
            wrapLine(
              [
                { text: row > 0 ? '  ' : first + index < typed ? '✓ ' : first + index === typed ? '→ ' : '  ' },
                { text: line, style: 'code' },
              ],
              columns,
              4,
            ),
          ),
      ),
  ];
}
