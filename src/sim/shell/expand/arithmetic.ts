import type { Waiting } from '../../kernel/wait.js';
import type { Int } from '../arithmetic/integers.js';
import type { Arithmetic } from '../arithmetic/parse.js';
import { ArithmeticError, parseArithmetic } from '../arithmetic/parse.js';
import { CommandFailure } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import type { CompiledWord } from './word.js';
import { assemble, expandSingle } from './word.js';

/** An arithmetic expression whose text is expanded before it is evaluated. */
export interface CompiledArithmetic {
  readonly waits: boolean;
  readonly source: string;
  /** Evaluates where nothing waits. Throws CommandFailure. */
  now(shell: Shell): Int;
  evaluate(shell: Shell): Waiting<Int>;
}

/** Compiles an expression. `prefix` goes before error messages: `((: `. */
export function compileArithmetic(
  source: string,
  compileText: (text: string) => CompiledWord,
  prefix = '',
): CompiledArithmetic {
  if (!/[$`\\"']/.test(source)) {
    let parsed: Arithmetic | undefined;
    const now = (shell: Shell): Int =>
      named(prefix, () => {
        refuseOperators(shell, source);
        parsed ??= parseArithmetic(source);
        return shell.variables.compute(parsed);
      });
    return {
      waits: false,
      source,
      now,
      evaluate: function* (shell) {
        return now(shell);
      },
    };
  }
  const word = compileText(source.replace(/"/g, ''));
  const evaluateText = (shell: Shell, text: string): Int =>
    named(prefix, () => {
      refuseOperators(shell, text);
      return shell.variables.compute(parseArithmetic(text));
    });
  return {
    waits: word.waits,
    source,
    now: (shell) => evaluateText(shell, assemble(shell, word, 'single').single.replace(/\n$/, '')),
    evaluate: function* (shell) {
      return evaluateText(shell, (yield* expandSingle(shell, word)).replace(/\n$/, ''));
    },
  };
}

/** Runs an evaluation; what is wrong becomes the command's failure. */
function named<T>(prefix: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof ArithmeticError)
      throw new CommandFailure(prefix + error.message, 1, prefix ? 'command' : 'line');
    throw error;
  }
}

/** dash has neither powers nor steps nor commas. */
function refuseOperators(shell: Shell, text: string): void {
  if (shell.dialect?.name !== 'dash') return;
  const wrong = /\*\*|\+\+|--|,/.exec(text)?.[0];
  if (wrong === undefined) return;
  const expecting = wrong === ',' ? 'EOF' : 'primary';
  throw new CommandFailure(`arithmetic expression: expecting ${expecting}: "${text}"`, 2, 'shell');
}
