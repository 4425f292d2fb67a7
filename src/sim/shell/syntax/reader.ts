import { foundWord, scanList } from './grammar.js';
import type { Token } from './tokens.js';
import { Tokens } from './tokens.js';
import type { Complaint, ReadOptions, Verdict } from './verdict.js';
import { Unfinished, Wrong } from './verdict.js';

/**
 * Reads the first complete command of a text, as far as bash reads before it runs something: a list up to the end of a
 * line. Expands aliases on the way; says whether more lines are needed, or what is wrong in bash's words.
 */
export function readCommand(text: string, start: number, options: ReadOptions): Verdict {
  const blank = /(?:[ \t\r]*(?:#[^\n]*)?\n)*/y;
  blank.lastIndex = start;
  blank.test(text);
  const from = Math.max(blank.lastIndex, start);
  const tokens = new Tokens(text, from, options, scanSubstitution);
  try {
    if (tokens.peek().kind === 'end') return { kind: 'empty', end: text.length };
    scanList(tokens, 'line');
    const last = tokens.next();
    if (last.kind !== 'newline' && last.kind !== 'end') throw unexpected(last);
    if (last.kind === 'end' && tokens.awaitsHereDocument) tokens.readBodies();
    const { at } = tokens;
    // Aliases have changed the text's length, but never what stands after the command.
    const end = text.length - (tokens.text.length - at);
    const warnings = tokens.warnings.map(({ line, delimiter, at: position }) => ({
      line: tokens.lineAt(position),
      words: `warning: here-document at line ${line} delimited by end-of-file (wanted \`${delimiter}')`,
      showsLine: false,
      status: 0,
    }));
    return { kind: 'complete', text: tokens.plainText(from, at), end, warnings };
  } catch (error) {
    return verdictOf(error, tokens);
  }
}

/** Where the line that a position is on begins, counted in lines from 1. */
function verdictOf(error: unknown, tokens: Tokens): Verdict {
  if (error instanceof Unfinished) {
    return { kind: 'unfinished', complaint: complaintOf(error, tokens) };
  }
  if (!(error instanceof Wrong)) throw error;
  const line = tokens.lineAt(error.position);
  const stop = tokens.text.indexOf('\n', error.position);
  const status = error.kind === 'grammar' ? 2 : error.kind === 'array' ? 1 : ('same' as const);
  const complaint: Complaint = {
    line,
    words: error.words,
    showsLine: error.showsLine,
    status,
    goesOn: error.kind === 'array',
    ...(error.found ? { found: error.found } : {}),
  };
  return { kind: 'wrong', complaint, end: stop < 0 ? tokens.text.length : stop + 1 };
}

function complaintOf(error: Unfinished, tokens: Tokens): Complaint {
  const { text } = tokens;
  const lastLine = tokens.lineAt(text.length) + (text.endsWith('\n') ? 0 : 1);
  const line = error.at === 'opening' ? tokens.lineAt(error.position) : lastLine;
  const { words, status, found } = error;
  return { line, words, showsLine: false, status, ...(found ? { found } : {}) };
}

function unexpected(token: Token): Wrong {
  const found = { what: foundWord(token) };
  return new Wrong(`syntax error near unexpected token \`${token.text}'`, token.start, true, 'grammar', found);
}

function unclosed(opening: number): Unfinished {
  const found = { what: 'end of file', expecting: ')' };
  return new Unfinished("unexpected EOF while looking for matching `)'", 'end', opening, 2, found);
}

function scanSubstitution(tokens: Tokens, opening: number): void {
  tokens.substitutions += 1;
  try {
    scanList(tokens, ')');
    const token = tokens.peek();
    if (token.kind === 'end') throw unclosed(opening);
    if (token.text !== ')' || token.kind !== 'operator') throw unexpected(token);
    tokens.next();
  } catch (error) {
    if (error instanceof Unfinished && error.words.startsWith('syntax error')) throw unclosed(opening);
    throw error;
  } finally {
    tokens.substitutions -= 1;
  }
}
