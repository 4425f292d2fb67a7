import type { Token, Tokens } from './tokens.js';
import { Unfinished, Wrong } from './verdict.js';

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = /^(?:=|==|!=|=~|<|>|-(?:eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

function peekSkipping(tokens: Tokens): Token {
  while (tokens.peek().kind === 'newline') tokens.next();
  return tokens.peek();
}

function wrong(token: Token, words: string): Wrong | Unfinished {
  if (token.kind === 'end') return new Unfinished('syntax error: unexpected end of file', 'end', token.start);
  return new Wrong(words, token.start, false, 'conditional');
}

/** Scans what stands between `[[` and `]]`, and the closing word. */
export function scanConditional(tokens: Tokens): void {
  scanOr(tokens);
  const token = peekSkipping(tokens);
  if (token.text !== ']]') throw wrong(token, 'syntax error in conditional expression');
  tokens.next();
}

function scanOr(tokens: Tokens): void {
  for (;;) {
    scanTerm(tokens);
    const token = peekSkipping(tokens);
    if (token.kind !== 'operator' || (token.text !== '||' && token.text !== '&&')) return;
    tokens.next();
  }
}

function scanTerm(tokens: Tokens): void {
  const token = peekSkipping(tokens);
  if (token.kind === 'operator' && token.text === '(') {
    tokens.next();
    scanOr(tokens);
    const close = peekSkipping(tokens);
    if (close.text !== ')') throw wrong(close, `unexpected token \`${close.text}', expected \`)'`);
    tokens.next();
    return;
  }
  if (token.kind !== 'word' && token.kind !== 'number')
    throw wrong(token, `unexpected token \`${token.text}' in conditional command`);
  if (token.text === ']]') throw new Wrong('', token.start, false, 'conditional');
  tokens.next();
  if (token.text === '!') return scanTerm(tokens);
  if (UNARY.test(token.text)) return scanUnary(tokens);
  scanBinary(tokens);
}

function scanUnary(tokens: Tokens): void {
  const operand = tokens.peek();
  if (operand.kind !== 'word' && operand.kind !== 'number')
    throw wrong(operand, `unexpected argument \`${operand.text}' to conditional unary operator`);
  if (operand.text === ']]') throw wrong(operand, "unexpected argument `]]' to conditional unary operator");
  // `-f = x`: the word was the left side of a comparison.
  tokens.next();
}

function scanBinary(tokens: Tokens): void {
  const operator = tokens.peek();
  if (operator.text === ']]' || (operator.kind === 'operator' && ['&&', '||', ')'].includes(operator.text))) return;
  if (operator.kind === 'newline' || operator.kind === 'end') {
    throw new Wrong(
      "unexpected token `newline', conditional binary operator expected",
      operator.start,
      false,
      operator.kind === 'end' ? 'grammar' : 'conditional',
    );
  }
  if (!BINARY.test(operator.text)) {
    const words =
      operator.kind === 'word'
        ? 'conditional binary operator expected'
        : `unexpected token \`${operator.text}', conditional binary operator expected`;
    throw wrong(operator, words);
  }
  tokens.next();
  if (operator.text === '=~') return scanRegularExpression(tokens);
  const right = tokens.peek();
  if (right.kind !== 'word' && right.kind !== 'number') {
    if (right.kind === 'operator' && right.text === '(' && operator.text !== '<') return scanRegularExpression(tokens);
    throw wrong(right, `unexpected argument \`${right.text}' to conditional binary operator`);
  }
  if (right.text === ']]') throw wrong(right, "unexpected argument `]]' to conditional binary operator");
  if (operator.text.endsWith('=')) return scanRegularExpression(tokens);
  tokens.next();
}

/** A pattern or regular expression: one word in which parentheses nest and may hold blanks. */
function scanRegularExpression(tokens: Tokens): void {
  const { text } = tokens;
  let at = tokens.peek().start;
  let depth = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (char === '(') depth += 1;
    if (char === ')' && depth === 0) break;
    if (char === ')') depth -= 1;
    if (/\s/.test(char) && depth === 0) break;
    if (/[;&]/.test(char) && depth === 0) break;
    if (char === '\n') break;
    at = char === '(' || char === ')' ? at + 1 : tokens.skipPiece(at);
  }
  tokens.reset(at);
}
