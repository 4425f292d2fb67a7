import { parse } from 'unbash';
import { compileQuotedText } from '../expand/compile-word.js';
import { assemble, expandSingle } from '../expand/word.js';
import { decodePrompt } from '../prompt/prompt-escapes.js';
import { CommandFailure } from '../state/failures.js';
import type { Runner } from '../state/shell.js';
import { arrayPairs, compileElements } from './assignments.js';
import { wordContext } from './compile.js';
import { callFunction } from './functions.js';
import { runText } from './text.js';
import { runTrap } from './traps.js';
import { runNamed, runWithoutFunctions } from './words.js';

/** Makes what the built-ins use to run commands. `runProgram` is the whole shell, for scripts without `#!`. */
export function createRunner(runProgram: Runner['runProgram']): Runner {
  return {
    runText,
    callFunction,
    runTrap,
    runProgram,
    *runWords(shell, args, options = {}) {
      if (options.functions === false) return yield* runWithoutFunctions(shell, args);
      return yield* runNamed(shell, args, undefined);
    },
    *expandText(shell, text) {
      return (yield* expandSingle(shell, compileQuotedText(text, wordContext(text, shell.line)))).replace(/\n$/, '');
    },
    expandNow(shell, text) {
      const word = compileQuotedText(text.replace(/^(["'])(.*)\1$/s, '$2'), wordContext(text, shell.line));
      return word.waits ? text : assemble(shell, word, 'single').single.replace(/\n$/, '');
    },
    *expandPrompt(shell, text) {
      const decoded = decodePrompt(shell, text);
      if (!shell.options.on('promptvars')) return decoded;
      const { status } = shell;
      const expanded = yield* expandSingle(shell, compileQuotedText(decoded, wordContext(decoded, shell.line)));
      shell.status = status;
      return decoded.includes('$') || decoded.includes('`') || decoded.includes('\\')
        ? expanded.replace(/\n$/, '')
        : expanded;
    },
    *arrayValues(shell, list) {
      const script = parse(`x=${list}`);
      const command = script.commands[0]?.command;
      const assignment = command?.type === 'Command' ? command.prefix[0] : undefined;
      if (assignment?.type !== 'Assignment' || assignment.value.type !== 'ArrayValue')
        throw new CommandFailure(`${list}: bad array`);
      return yield* arrayPairs(shell, compileElements(assignment.value.elements, wordContext(`x=${list}`, shell.line)));
    },
  };
}
