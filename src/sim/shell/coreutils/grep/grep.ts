import type { Program } from '../../../kernel/sys.js';
import { command } from '../command.js';
import { UsageError } from '../options.js';
import { grepOptions } from './arguments.js';
import { searchTargets } from './search.js';

const OPTIONS = [
  'E extended-regexp : PATTERNS are extended regular expressions',
  'F fixed-strings : PATTERNS are strings',
  'G basic-regexp : PATTERNS are basic regular expressions',
  'P perl-regexp : PATTERNS are Perl regular expressions',
  'e regexp=PATTERNS : use PATTERNS for matching',
  'f file=FILE : take PATTERNS from FILE',
  'i y ignore-case : upper and lower case are the same',
  'no-ignore-case : upper and lower case differ',
  'w word-regexp : match only whole words',
  'x line-regexp : match only whole lines',
  'z null-data : lines end with NUL',
  's no-messages : no messages about files',
  'v invert-match : lines that do not match',
  'm max-count=NUM : stop after NUM lines',
  'b byte-offset : the byte offset with output lines',
  'n line-number : line numbers with output lines',
  'line-buffered : write after every line',
  'H with-filename : file names with output lines',
  'h no-filename : no file names',
  'label=LABEL : the name of standard input',
  'o only-matching : only what matches',
  'q quiet silent : nothing but the exit status',
  'binary-files=TYPE : binary, text or without-match',
  'a text : the same as --binary-files=text',
  'I : the same as --binary-files=without-match',
  'd directories=ACTION : read, recurse or skip',
  'D devices=ACTION : read or skip',
  'r recursive : all files below directories',
  'R dereference-recursive : so, and follow all links',
  'include=GLOB : only files like GLOB',
  'exclude=GLOB : no files like GLOB',
  'exclude-from=FILE : no files like the GLOBs in FILE',
  'exclude-dir=GLOB : no directories like GLOB',
  'L files-without-match : names of files without matches',
  'l files-with-matches : names of files with matches',
  'c count : the number of matching lines',
  'T initial-tab : line up text by tabs',
  'Z null : NUL after file names',
  'B before-context=NUM : so many lines before',
  'A after-context=NUM : so many lines after',
  'C context=NUM : so many lines around',
  'group-separator=SEP : between groups',
  'no-group-separator : nothing between groups',
  'color colour?WHEN : colour what matches: always, never or auto',
  'U binary : (ignored)',
  'V version : show the version and end',
];

/** Makes grep, or one of its other names with a syntax of its own. */
function grepProgram(name: string, syntax: 'basic' | 'extended' | 'fixed'): Program {
  return command(
    {
      name,
      usage: '[OPTION]... PATTERNS [FILE]...',
      summary: 'Search for PATTERNS in each FILE.',
      misuse: 2,
      options: OPTIONS,
      version: '(GNU grep) 3.8',
      usageLine: true,
      legacy: (word) => (/^-\d+$/.test(word) ? { key: 'context', value: word.slice(1), as: '-C' } : undefined),
    },
    function* (context) {
      const options = yield* grepOptions(context, syntax);
      if (!options) throw new UsageError('');
      return yield* searchTargets(context, options);
    },
  );
}

/** `grep`: lines that match. */
export const grep: Program = grepProgram('grep', 'basic');
/** `egrep`. */
export const egrep: Program = grepProgram('egrep', 'extended');
/** `fgrep`. */
export const fgrep: Program = grepProgram('fgrep', 'fixed');
