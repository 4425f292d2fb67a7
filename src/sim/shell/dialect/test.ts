import type { TestContext, TestResult } from '../format/test-expression.js';
import { evaluateTest } from '../format/test-expression.js';
import { testContextOf } from '../format/test-files.js';
import type { Builtin } from '../state/shell.js';

const BINARY = /^(?:=|!=|-eq|-ne|-lt|-le|-gt|-ge|-nt|-ot|-ef|-a|-o)$/;
const UNARY = /^-[bcdefghknprstuwxzGLOS]$/;

/** `test` and `[` of ash (which knows `==`) and dash. */
export function testBuiltin(dialect: 'ash' | 'dash'): Builtin {
  return function* (shell, args) {
    const name = args[0] as string;
    const complain = function* (words: string) {
      const line = dialect === 'ash' ? `${shell.name}: ${words}` : shell.dialect?.line(shell, { by: name, words });
      yield* shell.write(2, `${line}\n`);
      return 2;
    };
    let rest = args.slice(1);
    if (name !== 'test') {
      const close = name === '[' ? ']' : ']]';
      if (rest.at(-1) !== close) return yield* complain(`missing ${close}`);
      rest = rest.slice(0, -1);
    }
    const result = evaluateTestAs(dialect, rest, testContextOf(shell.sys));
    return result.error === undefined ? result.status : yield* complain(result.error);
  };
}

/** An expression's value, errors in the dialect's words. */
export function evaluateTestAs(dialect: 'ash' | 'dash', words: readonly string[], context: TestContext): TestResult {
  const isBinary = (word: string) => BINARY.test(word) || (dialect === 'ash' && word === '==');
  const found = problemOf(words, isBinary, dialect);
  if (found !== undefined) return { status: 2, error: found };
  const result = evaluateTest(words, context);
  if (result.error === undefined || result.error === 'argument expected') return result;
  const number = /^(.*): integer expression expected$/s.exec(result.error)?.[1];
  if (number === undefined) return { status: 2, error: unexpected(words.at(-1) ?? '', dialect) };
  return { status: 2, error: dialect === 'ash' ? `${number}: bad number` : `Illegal number: ${number}` };
}

function unexpected(word: string, dialect: 'ash' | 'dash'): string {
  return dialect === 'ash' ? `${word}: unknown operand` : `${word}: unexpected operator`;
}

/** What is wrong with short expressions, in the dialect's words. */
function problemOf(
  words: readonly string[],
  isBinary: (word: string) => boolean,
  dialect: 'ash' | 'dash',
): string | undefined {
  const [first = '', second = '', third = ''] = words;
  if (words.length === 2 && first !== '!' && !UNARY.test(first)) {
    if (isBinary(second)) return `${second}: argument expected`;
    return unexpected(dialect === 'ash' ? second : first, dialect);
  }
  if (words.length === 3 && !isBinary(second) && first !== '!' && first !== '(')
    return unexpected(dialect === 'ash' ? (UNARY.test(first) ? third : second) : first, dialect);
  if (words.length === 4 && isBinary(second) && first !== '!' && words[3] !== '')
    return unexpected(dialect === 'ash' ? (words[3] as string) : third, dialect);
  return undefined;
}
