import type { CommandResult } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import type { Prober } from '../probe-pods.js';

/** The command could not be started at all: that says nothing about what it was to find out. */
const NEVER_RAN = 255;
/** In the words of runc, of crun and of a shell. */
const NO_PROGRAM = /executable file (?:\S+ )?not found|no such file or directory: unknown|command not found/;
/** One of the same name that is built without what is asked of it, such as a smaller busybox's. */
const OTHER_PROGRAM = /^(?:nc|nslookup|wget): (?:invalid|unrecognized) option /m;

/**
 * Runs a program where a check looks from; undefined when there is no such program there. Throws `UndecidedError` when
 * nothing can be run there.
 */
export async function runThere(
  prober: Prober,
  argv: readonly string[],
  seconds: number,
): Promise<CommandResult | undefined> {
  const result = await prober.run(argv, seconds);
  if (isNone(result)) return undefined;
  if (result.code === NEVER_RAN)
    throw new UndecidedError(
      `nothing could be tried from ${prober.name}: ${result.stderr.trim() || 'it does not answer'}`,
    );
  return result;
}

/** An answer that was not good at first is believed once it was good so many times. */
const GOOD_TIMES = 3;

/**
 * Asks, and again as long as the answer is not good and who asks is new; gives the last answer. What is good only now and then
 * is not good.
 */
export async function untilGood<Answer>(
  { grownOlder }: Pick<Prober, 'grownOlder'>,
  ask: () => Promise<Answer>,
  isGood: (answer: Answer) => boolean,
): Promise<Answer> {
  let answer = await ask();
  while (!isGood(answer) && (await grownOlder?.()))
    for (let times = 0; times < GOOD_TIMES && (times === 0 || isGood(answer)); times += 1) answer = await ask();
  return answer;
}

function isNone({ code, stderr }: CommandResult): boolean {
  return code === 126 || code === 127 || (code !== 0 && (NO_PROGRAM.test(stderr) || OTHER_PROGRAM.test(stderr)));
}

/** Says that none of some programs is there. */
export function hasNone(prober: Prober, programs: string): UndecidedError {
  return new UndecidedError(`${prober.name} has no ${programs} to try it with`);
}
