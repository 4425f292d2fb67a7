import type { Program } from '../../kernel/sys.js';
import { evaluateBracket, evaluateTest } from '../format/test-expression.js';
import { testContextOf } from '../format/test-files.js';
import { quoteForLocale } from './command.js';

/** `test` and `[`, the programs; the shell's built-ins share their core. */
function testProgram(evaluate: typeof evaluateTest): Program {
  return function* (sys) {
    const context = {
      ...testContextOf(sys),
      dialect: 'coreutils' as const,
      quote: (text: string) => quoteForLocale(sys, text),
    };
    const result = evaluate(sys.args.slice(1), context);
    if (result.error !== undefined) yield* sys.write(2, `${sys.args[0] ?? 'test'}: ${result.error}\n`);
    return result.status;
  };
}

/** `test`. */
export const test: Program = testProgram(evaluateTest);
/** `[`. */
export const bracket: Program = testProgram(evaluateBracket);
