import { scanConditional } from './conditional.js';
import { BASH_LANGUAGE, DASH_LANGUAGE } from './language.js';
import type { Token, Tokens } from './tokens.js';
import type { Found } from './verdict.js';
import { Unfinished, Wrong } from './verdict.js';

/** Words that mean something to bash where a command may begin. */
export const RESERVED = BASH_LANGUAGE.reserved;
const CLOSING = new Set(['then', 'do', 'done', 'fi', 'elif', 'else', 'esac', '}', 'in', ']]']);
const REDIRECTIONS = new Set(['<', '>', '>>', '<<', '<<-', '<<<', '<&', '>&', '<>', '>|', '&>', '&>>']);

const EOF_WORDS = 'syntax error: unexpected end of file';

/** The error for a token that cannot stand where it stands; the end of the text may only be too early. */
function unexpectedToken(token: Token, expecting?: string): Wrong | Unfinished {
  const found = { what: foundWord(token), expecting };
  if (token.kind === 'end') return new Unfinished(EOF_WORDS, 'end', token.start, 2, found);
  return misplaced(token, found);
}

/** For places where a newline, and so the end of the text too, is plainly wrong. */
function misplaced(token: Token, found: Found = { what: foundWord(token) }): Wrong {
  return new Wrong(`syntax error near unexpected token \`${token.text}'`, token.start, true, 'grammar', found);
}

/** What ash and dash call a token that cannot stand where it stands. */
export function foundWord(token: Token): string {
  if (token.kind === 'end') return 'end of file';
  if (token.kind === 'newline') return 'newline';
  if (token.kind === 'number' || (token.kind === 'operator' && REDIRECTIONS.has(token.text))) return 'redirection';
  return token.kind === 'operator' || DASH_LANGUAGE.reserved.has(token.text) ? `"${token.text}"` : 'word';
}

function isOperator(token: Token, ...texts: string[]): boolean {
  return token.kind === 'operator' && texts.includes(token.text);
}

function isReserved(token: Token, ...texts: string[]): boolean {
  return token.kind === 'word' && texts.includes(token.text);
}

function skipNewlines(tokens: Tokens): void {
  while (tokens.peek().kind === 'newline') tokens.next();
}

/**
 * Scans a list of commands. `'line'`: up to the end of its line; else over newlines, up to a token that cannot begin
 * a command, which the caller judges. Inside compound commands at least one command is needed.
 */
export function scanList(tokens: Tokens, until: 'line' | ')' | 'compound'): void {
  let count = 0;
  for (;;) {
    if (until !== 'line') skipNewlines(tokens);
    const token = tokens.peek();
    if (count > 0 || until === ')') {
      if (token.kind === 'end' || token.kind === 'newline') return;
      if (isOperator(token, ')', ';;', ';&', ';;&') || (token.kind === 'word' && CLOSING.has(token.text))) return;
    }
    scanAndOr(tokens);
    count += 1;
    const after = tokens.peek();
    if (isOperator(after, ';', '&')) tokens.next();
    else if (after.kind !== 'newline') return;
    else if (until === 'line') return;
  }
}

function scanAndOr(tokens: Tokens): void {
  for (;;) {
    scanPipeline(tokens);
    if (!isOperator(tokens.peek(), '&&', '||')) return;
    tokens.next();
    skipNewlines(tokens);
  }
}

function scanPipeline(tokens: Tokens): void {
  let prefixed = false;
  for (;;) {
    expandAlias(tokens);
    const token = tokens.peek();
    if (isReserved(token, '!')) tokens.next();
    else if (isReserved(token, 'time') && tokens.language.reserved.has('time')) {
      tokens.next();
      if (isReserved(tokens.peek(), '-p')) tokens.next();
      if (isReserved(tokens.peek(), '--')) tokens.next();
    } else break;
    prefixed = true;
  }
  if (
    prefixed &&
    tokens.language === BASH_LANGUAGE &&
    (['newline', 'end'].includes(tokens.peek().kind) || isOperator(tokens.peek(), ';', '&'))
  )
    return;
  for (;;) {
    scanCommand(tokens);
    if (!isOperator(tokens.peek(), '|', '|&')) return;
    tokens.next();
    skipNewlines(tokens);
  }
}

/** Puts an alias's text in the place of its name, unless it stands in its own expansion. */
function expandAlias(tokens: Tokens): void {
  const { aliases } = tokens.options;
  if (!aliases || aliases.size === 0 || tokens.substitutions > 0) return;
  const seen = tokens.aliasesAt(tokens.peek().start);
  for (;;) {
    const token = tokens.peek();
    if (token.kind !== 'word' || seen.has(token.text)) return;
    const value = aliases.get(token.text);
    if (value === undefined) return;
    seen.add(token.text);
    tokens.replace(token, value);
    // A value that ends in a blank lets the next word be an alias too.
    if (/[ \t]$/.test(value)) expandFollowing(tokens, token.start + value.length);
  }
}

function expandFollowing(tokens: Tokens, at: number): void {
  const start = tokens.at;
  tokens.reset(at);
  expandAlias(tokens);
  tokens.reset(start);
}

function scanCommand(tokens: Tokens): void {
  expandAlias(tokens);
  const token = tokens.peek();
  if (token.kind === 'operator' && token.text === '(') return scanParentheses(tokens, token);
  if (token.kind === 'word' && tokens.language.reserved.has(token.text)) return scanReserved(tokens, token);
  // A word of bash's that is a command's name like any other here.
  if (token.kind === 'word' && RESERVED.has(token.text)) tokens.put(token.start, '\\');
  scanSimple(tokens);
}

function scanParentheses(tokens: Tokens, token: Token): void {
  if (tokens.text[token.end] === '(' && !tokens.language.arithmeticCommands) tokens.put(token.end, ' ');
  else if (tokens.text[token.end] === '(') {
    const end = tokens.arithmeticEnd(token.start);
    if (end !== undefined) {
      tokens.reset(end);
      return scanRedirections(tokens);
    }
  }
  tokens.next();
  scanList(tokens, 'compound');
  expectOperator(tokens, ')');
  scanRedirections(tokens);
}

function scanReserved(tokens: Tokens, token: Token): void {
  if (CLOSING.has(token.text)) throw unexpectedToken(token);
  tokens.next();
  switch (token.text) {
    case '{':
      scanList(tokens, 'compound');
      expectWord(tokens, '}');
      break;
    case 'if':
      scanIf(tokens);
      break;
    case 'while':
    case 'until':
      scanBody(tokens, 'do');
      scanDoGroup(tokens);
      break;
    case 'for':
      scanFor(tokens);
      break;
    case 'select':
      scanNames(tokens);
      break;
    case 'case':
      scanCase(tokens);
      break;
    case '[[':
      scanConditional(tokens);
      break;
    case 'function':
      scanFunctionKeyword(tokens);
      return;
    case 'coproc':
      scanCoproc(tokens);
      return;
    default:
      throw unexpectedToken(token);
  }
  scanRedirections(tokens);
}

function expectOperator(tokens: Tokens, text: string): void {
  const token = tokens.peek();
  if (!isOperator(token, text)) throw unexpectedToken(token, text);
  tokens.next();
}

function expectWord(tokens: Tokens, ...texts: string[]): string {
  const token = tokens.peek();
  if (!isReserved(token, ...texts)) throw unexpectedToken(token, texts.length > 1 ? texts.at(-1) : texts[0]);
  tokens.next();
  return token.text;
}

/** The commands before a word; a text that ends among them lacks that word. */
function scanBody(tokens: Tokens, word: string): void {
  try {
    scanList(tokens, 'compound');
  } catch (error) {
    if (!(error instanceof Unfinished) || error.found?.what !== 'end of file' || error.found.expecting) throw error;
    const { found, words, at, position, status } = error;
    throw new Unfinished(words, at, position, status, { ...found, expecting: word });
  }
}

function scanIf(tokens: Tokens): void {
  scanBody(tokens, 'then');
  expectWord(tokens, 'then');
  scanBody(tokens, 'fi');
  const word = expectWord(tokens, 'elif', 'else', 'fi');
  if (word === 'elif') return scanIf(tokens);
  if (word === 'else') {
    scanBody(tokens, 'fi');
    expectWord(tokens, 'fi');
  }
}

function scanDoGroup(tokens: Tokens): void {
  if (isReserved(tokens.peek(), '{')) {
    tokens.next();
    scanList(tokens, 'compound');
    expectWord(tokens, '}');
    return;
  }
  expectWord(tokens, 'do');
  scanBody(tokens, 'done');
  expectWord(tokens, 'done');
}

function scanFor(tokens: Tokens): void {
  const token = tokens.peek();
  if (!tokens.language.arithmeticCommands || !(isOperator(token, '(') && tokens.text[token.end] === '('))
    return scanNames(tokens);
  const end = tokens.arithmeticEnd(token.start);
  if (end === undefined) throw unexpectedToken(token);
  tokens.reset(end);
  if (isOperator(tokens.peek(), ';')) tokens.next();
  skipNewlines(tokens);
  scanDoGroup(tokens);
}

/** `for` and `select`: a name, perhaps `in` and words, and the body. */
function scanNames(tokens: Tokens): void {
  const name = tokens.peek();
  if (name.kind !== 'word' || (tokens.language !== BASH_LANGUAGE && !/^[A-Za-z_]\w*$/.test(name.text)))
    throw misplaced(name, { what: 'bad for loop variable', whole: true });
  tokens.next();
  if (isOperator(tokens.peek(), ';')) {
    tokens.next();
    skipNewlines(tokens);
    return scanDoGroup(tokens);
  }
  skipNewlines(tokens);
  if (isReserved(tokens.peek(), 'in')) {
    tokens.next();
    while (tokens.peek().kind === 'word') tokens.next();
    const end = tokens.peek();
    if (!isOperator(end, ';') && end.kind !== 'newline') throw unexpectedToken(end);
    tokens.next();
  }
  skipNewlines(tokens);
  scanDoGroup(tokens);
}

function scanCase(tokens: Tokens): void {
  const subject = tokens.peek();
  if (subject.kind !== 'word') throw misplaced(subject);
  tokens.next();
  skipNewlines(tokens);
  expectWord(tokens, 'in');
  for (;;) {
    skipNewlines(tokens);
    if (isReserved(tokens.peek(), 'esac')) break;
    if (isOperator(tokens.peek(), '(')) tokens.next();
    scanPatterns(tokens);
    skipNewlines(tokens);
    const token = tokens.peek();
    if (!isOperator(token, ';;', ';&', ';;&') && !isReserved(token, 'esac')) scanList(tokens, 'compound');
    if (isReserved(tokens.peek(), 'esac')) break;
    const end = tokens.peek();
    if (!isOperator(end, ';;', ';&', ';;&')) throw unexpectedToken(end, ';;');
    tokens.next();
  }
  tokens.next();
}

function scanPatterns(tokens: Tokens): void {
  for (;;) {
    const pattern = tokens.peek();
    if (pattern.kind === 'end' && tokens.text.endsWith('\n')) throw unexpectedToken(pattern, ')');
    if (pattern.kind !== 'word' && pattern.kind !== 'number')
      throw pattern.kind === 'end' ? unexpectedToken(pattern, ')') : misplaced(pattern);
    tokens.next();
    const after = tokens.peek();
    if (isOperator(after, '|')) tokens.next();
    else if (isOperator(after, ')')) {
      tokens.next();
      return;
    } else throw misplaced(after);
  }
}

function scanFunctionKeyword(tokens: Tokens): void {
  const name = tokens.peek();
  if (name.kind !== 'word') throw misplaced(name);
  tokens.next();
  if (isOperator(tokens.peek(), '(') && /^\(\s*\)/.test(tokens.text.slice(tokens.peek().start))) {
    tokens.next();
    expectOperator(tokens, ')');
  }
  scanFunctionBody(tokens);
}

function scanFunctionBody(tokens: Tokens): void {
  skipNewlines(tokens);
  const token = tokens.peek();
  const compound =
    isOperator(token, '(') || isReserved(token, '{', 'if', 'while', 'until', 'for', 'select', 'case', '[[');
  if (!compound) throw unexpectedToken(token);
  scanCommand(tokens);
}

function scanCoproc(tokens: Tokens): void {
  const token = tokens.peek();
  if (token.kind === 'newline' || token.kind === 'end') throw misplaced(token);
  if (token.kind === 'word' && !RESERVED.has(token.text)) {
    const after = tokens.text.slice(token.end).match(/^[ \t]+(\{|\(|(?:if|while|until|for|case|select|\[\[)\b)/);
    if (after) tokens.next();
  }
  scanCommand(tokens);
}

function scanRedirections(tokens: Tokens): void {
  while (scanRedirection(tokens));
}

function scanRedirection(tokens: Tokens): boolean {
  let token = tokens.peek();
  if (token.kind === 'number') {
    tokens.next();
    token = tokens.peek();
  }
  if (token.kind !== 'operator' || !REDIRECTIONS.has(token.text)) return false;
  tokens.next();
  const target = tokens.peek();
  if (target.kind !== 'word' && target.kind !== 'number') throw misplaced(target);
  if (token.text === '<<' || token.text === '<<-') tokens.expectHereDocument(target, token.text === '<<-');
  tokens.next();
  return true;
}

function scanSimple(tokens: Tokens): void {
  let words = 0;
  let parts = 0;
  for (;;) {
    if (words === 0 && parts > 0) expandAlias(tokens);
    const token = tokens.peek();
    if (token.kind === 'word') {
      tokens.next();
      parts += 1;
      if (!tokens.language.arrays && words === 0) hideAppending(tokens, token);
      if (/^[A-Za-z_]\w*(?:\[.*\])?\+?=/s.test(token.text) && words === 0) continue;
      words += 1;
      if (words === 1 && parts === 1 && isOperator(tokens.peek(), '(')) return scanFunction(tokens);
    } else if (scanRedirection(tokens)) parts += 1;
    else break;
  }
  const token = tokens.peek();
  if (parts === 0 || isOperator(token, '(')) throw unexpectedToken(token);
}

/** `name+=value` is a command's name where the language has no such assignment. */
function hideAppending(tokens: Tokens, { text, start }: Token): void {
  const match = /^[A-Za-z_]\w*(?=\+=)/.exec(text);
  if (match) tokens.put(start + match[0].length, '\\');
}

/** `name ( )` and a body. */
function scanFunction(tokens: Tokens): void {
  tokens.next();
  const token = tokens.peek();
  if (!isOperator(token, ')'))
    throw misplaced(token, { what: token.kind === 'word' ? 'word' : foundWord(token), expecting: ')' });
  tokens.next();
  scanFunctionBody(tokens);
}
