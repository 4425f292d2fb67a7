import type { Program, Sys } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { evaluateTestAs } from '../../../shell/dialect/test.js';
import { testContextOf } from '../../../shell/format/test-files.js';

function* run(sys: Sys, name: string): Waiting<number> {
  let words = sys.args.slice(1);
  let problem: string | undefined;
  if (name === '[' && words.at(-1) !== ']') problem = 'missing ]';
  else if (name === '[') words = words.slice(0, -1);
  const result =
    problem === undefined ? evaluateTestAs('ash', words, testContextOf(sys)) : { status: 2, error: problem };
  if (result.error !== undefined) yield* sys.write(2, Buffer.from(`${name}: ${result.error}\n`));
  return result.status;
}

/** `test` of busybox. */
export const test: Program = (sys) => run(sys, 'test');
/** `[` of busybox. */
export const bracket: Program = (sys) => run(sys, '[');
