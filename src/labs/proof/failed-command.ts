import type { LabInstance } from '../format/instance.js';
import { holdsKeys } from '../session/keys.js';
import type { ScriptStep } from '../session/script.js';
import { stripTerminal } from './plain-text.js';
import type { Players } from './players.js';

/** A command of a script that ended with another status than 0, and what it printed. */
export interface FailedCommand {
  readonly command: string;
  readonly status: number;
  readonly output: string;
}

/** Asks the shell for the status of the command before. */
const ASK = 'echo "[status $?]"';
const TOLD = /^\[status (\d+)\]$/;
const PROMPT = /^[\w.-]+@[\w.-]+:.*?[$#] |^> /;
/** So wide that no line is wrapped. */
const COLUMNS = 1000;
const OUTPUT_LINES_MAX = 8;

/** Types steps once more, asking for each command's status; gives the first that failed. */
export async function failedCommand(
  instance: LabInstance,
  steps: readonly ScriptStep[],
  { show }: Pick<Players, 'show'>,
): Promise<FailedCommand | undefined> {
  const output = await show(instance, asking(steps), COLUMNS);
  return firstFailed(
    steps.filter((_, index) => isAsked(steps, index)),
    stripTerminal(output).split('\n'),
  );
}

/** The first told status that is not 0, with the command it belongs to and the lines before it that are no prompts. */
function firstFailed(asked: readonly ScriptStep[], lines: readonly string[]): FailedCommand | undefined {
  let begin = 0;
  let number = 0;
  for (const [at, line] of lines.entries()) {
    const status = Number(TOLD.exec(line)?.[1] ?? Number.NaN);
    if (Number.isNaN(status)) continue;
    if (status !== 0) {
      const printed = lines.slice(begin, at).filter((one) => one !== '' && !PROMPT.test(one));
      const command = asked[number]?.lines[0]?.trim() ?? '';
      return { command, status, output: printed.slice(-OUTPUT_LINES_MAX).join('\n') };
    }
    begin = at + 1;
    number += 1;
  }
  return undefined;
}

function asking(steps: readonly ScriptStep[]): ScriptStep[] {
  return steps.flatMap((step, index) => (isAsked(steps, index) ? [step, { lines: [ASK], look: true }] : [step]));
}

/** Keys go to a program that is still open; what ends a shell tells nothing to the next. */
function isAsked(steps: readonly ScriptStep[], index: number): boolean {
  const keys = (step: ScriptStep | undefined): boolean => step?.lines.some(holdsKeys) ?? false;
  return !keys(steps[index]) && !keys(steps[index + 1]);
}
