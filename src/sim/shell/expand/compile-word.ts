import type { ParsedScript, Word, WordPart } from 'unbash';
import { parse } from 'unbash';
import type { Waiting } from '../../kernel/wait.js';
import { CommandFailure } from '../state/failures.js';
import type { Shell } from '../state/shell.js';
import { compileArithmetic } from './arithmetic.js';
import { expandBraces } from './braces.js';
import { compileParameter } from './compile-parameter.js';
import { parameterOf, refuseUnset, scalarOf } from './parameters.js';
import { putValue } from './put-value.js';
import { readAnsiEscapes } from './quoting.js';
import type { SourceLines } from './source-lines.js';
import { tildeDirectory } from './tilde.js';
import type { CompiledWord, Piece } from './word.js';

/** Where a word stands: what its pieces need to know when they are made ready. */
export interface WordContext {
  readonly lines: SourceLines;
  /** Inside double quotes or a here-document. */
  readonly quoted: boolean;
  /** The operand of `${x:-…}` that is not quoted: its own text is split like an expansion's. */
  readonly operand?: boolean;
  /** The value of an assignment: a tilde may follow each colon. */
  readonly assignment?: boolean;
  readonly substitutions: SubstitutionMaker;
}

/** Makes the commands inside words ready. */
export interface SubstitutionMaker {
  /** `text` is the substitution as it was written. */
  capture(script: ParsedScript, context: WordContext, text: string): (shell: Shell) => Waiting<string>;
  process(
    script: ParsedScript,
    context: WordContext,
    operator: '<' | '>',
    text: string,
  ): (shell: Shell) => Waiting<string>;
}

/** Compiles a list of words; braces make several of one. */
export function compileWords(words: readonly Word[], context: WordContext): CompiledWord[] {
  return words.flatMap((word) => {
    const texts = word.text.includes('{') ? expandBraces(word.text) : [word.text];
    if (texts.length === 1 && texts[0] === word.text) return [compileWord(word, context)];
    return texts.map((text) => compileText(text, context));
  });
}

/** Compiles a word that is given as source text. */
export function compileText(text: string, context: WordContext): CompiledWord {
  if (text === '') return fromPieces([], text);
  const script = parse(`: ${text}`);
  const command = script.commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  if (word?.type === 'Word' && word.text === text) return compileWord(word, context);
  return fromPieces([{ waits: false, put: (_shell, builder) => builder.quoted(text) }], text);
}

/** Compiles one word without brace expansion. */
export function compileWord(word: Word, context: WordContext): CompiledWord {
  const pieces = word.parts ? compileParts(word.parts, context) : literalPieces(word.text, context, true, true);
  const compiled = fromPieces(pieces, word.text);
  const plain =
    !word.parts && !context.quoted && !context.operand && /^[\w./:=,+%@-]*$/.test(word.text) && word.text !== '';
  return plain ? { ...compiled, constant: word.text } : compiled;
}

/** A word of given pieces. */
export function fromPieces(pieces: readonly Piece[], source: string): CompiledWord {
  return { pieces, waits: pieces.some(({ waits }) => waits), constant: undefined, source };
}

/** Compiles text in which only `$`, backquotes and backslashes are special, as in a here-document. */
export function compileQuotedText(text: string, context: WordContext): CompiledWord {
  const quoted = { ...context, quoted: true };
  if (!/[$`\\]/.test(text)) return fromPieces([{ waits: false, put: (_shell, builder) => builder.quoted(text) }], text);
  const script = parse(`: <<__text_end__\n${text}\n__text_end__`);
  const command = script.commands[0]?.command;
  const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
  if (redirect?.type !== 'HereDoc') throw new CommandFailure(`${text}: bad substitution`);
  const { parts } = redirect.body;
  // The parser's text ends in the newline before the delimiter, which is not ours.
  const pieces = parts ? compileParts(parts, quoted, true) : literalPieces(`${text}\n`, quoted, false, false);
  return fromPieces([...pieces], text);
}

/** Compiles the body of a here-document. */
export function compileHereDocument(
  body: string,
  parts: readonly WordPart[] | undefined,
  context: WordContext,
): CompiledWord {
  const quoted = { ...context, quoted: true };
  return fromPieces(parts ? compileParts(parts, quoted, true) : literalPieces(body, quoted, false, false), body);
}

/** Compiles the parts of a word, in their order. */
function compileParts(parts: readonly WordPart[], context: WordContext, document = false): Piece[] {
  return parts.flatMap((part, index) =>
    compilePart(part, context, index === 0 && !document, document, index === parts.length - 1),
  );
}

function compilePart(part: WordPart, context: WordContext, first: boolean, document: boolean, last: boolean): Piece[] {
  switch (part.type) {
    case 'Literal':
      return literalPieces(part.text, context, first, last, document);
    case 'Glob':
      return part.kind === 'bracket'
        ? [
            literal('[', context),
            ...compileParts(part.parts, { ...context, assignment: false }, true),
            literal(']', context),
          ]
        : [literal(part.text, context)];
    case 'SingleQuoted':
    case 'AnsiCQuoted': {
      const value =
        part.type === 'AnsiCQuoted' ? readAnsiEscapes(part.text.slice(2, -1)).replace(/\0.*$/s, '') : part.value;
      return [{ waits: false, put: (_shell, builder) => builder.quoted(value) }];
    }
    case 'DoubleQuoted':
    case 'LocaleString':
      return compileDoubleQuoted(part.parts, context);
    case 'SimpleExpansion':
      return [simpleExpansion(part.text.slice(1), context)];
    case 'ParameterExpansion':
      return [compileParameter(part, context, compileWord)];
    case 'ArithmeticExpansion':
      return [arithmeticPiece(part.text, context)];
    case 'CommandExpansion':
      return [commandPiece(part.script, part.text, context)];
    case 'ProcessSubstitution': {
      if (!part.script) return [];
      const open = context.substitutions.process(part.script, context, part.operator, part.text);
      return [
        {
          waits: true,
          put: function* (shell, builder) {
            builder.quoted(yield* open(shell));
          },
        },
      ];
    }
    case 'ExtendedGlob':
      return extendedGlob(part.operator, part.pattern, part.parts, context);
    case 'BraceExpansion':
      // Braces that make nothing are text, but what stands in them is expanded.
      return [literal('{', context), ...compileText(part.text.slice(1, -1), context).pieces, literal('}', context)];
    default:
      return [];
  }
}

function compileDoubleQuoted(parts: readonly WordPart[], context: WordContext): Piece[] {
  const inner = { ...context, quoted: true, operand: false, assignment: false };
  const list =
    parts.length > 0 &&
    parts.every((part) => /^\$(?:@|\{@|\{\w+\[@\]|\{!\w+\[@\]|\{!\w+@\})/.test(part.text) && part.type !== 'Literal');
  const pieces = parts.flatMap((part): Piece[] => {
    if (part.type !== 'Literal') return compilePart(part, inner, false, false, false);
    const { value } = part;
    return [{ waits: false, put: (_shell, builder) => builder.quoted(value) }];
  });
  return list ? pieces : [{ waits: false, put: (_shell, builder) => builder.start() }, ...pieces];
}

function extendedGlob(
  operator: string,
  pattern: string,
  parts: readonly WordPart[] | undefined,
  context: WordContext,
): Piece[] {
  const inner = { ...context, assignment: false };
  const middle = parts ? compileParts(parts, inner, true) : literalPieces(pattern, inner, false, true);
  return [literal(`${operator}(`, context), ...middle, literal(')', context)];
}

function literal(text: string, context: WordContext): Piece {
  if (context.quoted) return { waits: false, put: (_shell, builder) => builder.quoted(text) };
  if (context.operand) return { waits: false, put: (_shell, builder) => builder.split(text) };
  return { waits: false, put: (_shell, builder) => builder.literal(text) };
}

/** Unquoted source text: backslashes quote, a tilde at the start (in assignments after colons) is a directory. */
function literalPieces(text: string, context: WordContext, first: boolean, _last: boolean, document = false): Piece[] {
  if (context.quoted) {
    const special = document ? /\\(?:\n|([$`\\]))/g : /\\(?:\n|([$`\\"}]))/g;
    const value = text.replace(special, (_all, char) => char ?? '');
    return [{ waits: false, put: (_shell, builder) => builder.quoted(value) }];
  }
  const pieces: Piece[] = [];
  const run = /\\(?:\n|([\s\S])|$)|[^\\]+/g;
  let at = 0;
  for (const match of text.matchAll(run)) {
    if (match[0] === '\\') pieces.push(literal('\\', context));
    else if (match[1] !== undefined) {
      const char = match[1];
      pieces.push({ waits: false, put: (_shell, builder) => builder.quoted(char) });
    } else if (match[0] !== '\\\n')
      pieces.push(...plainPieces(match[0], context, first && at === 0, match[0].length + at === text.length));
    at += match[0].length;
  }
  return pieces;
}

function plainPieces(text: string, context: WordContext, first: boolean, toEnd: boolean): Piece[] {
  const places = context.assignment ? /(^|:)~([\w.+-]*)(?=$|[/:])/g : /(^)~([\w.+-]*)(?=$|\/)/g;
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(places)) {
    const [whole, colon = '', user = ''] = match;
    if (colon === '' && !first) continue;
    // `~user` before a quote is no tilde prefix.
    if (match.index + whole.length === text.length && !toEnd) continue;
    const before = text.slice(from, match.index) + colon;
    if (before) pieces.push(literal(before, context));
    from = match.index + whole.length;
    pieces.push({ waits: false, put: (shell, builder) => builder.quoted(tildeDirectory(shell, user) ?? `~${user}`) });
  }
  if (from < text.length) pieces.push(literal(text.slice(from), context));
  return pieces;
}

function simpleExpansion(name: string, context: WordContext): Piece {
  const { quoted } = context;
  if (name === '@' || name === '*') {
    return {
      waits: false,
      put: (shell, builder) => putValue(shell, builder, parameterOf(shell, name, undefined), quoted),
    };
  }
  return {
    waits: false,
    put: (shell, builder) => {
      const value = scalarOf(shell, name);
      if (value === undefined) refuseUnset(shell, name);
      else if (quoted) builder.quoted(value);
      else builder.split(value);
    },
  };
}

function arithmeticPiece(text: string, context: WordContext): Piece {
  const inner = text.startsWith('$((') ? text.slice(3, -2) : text.slice(2, -1);
  const { quoted } = context;
  const expression = compileArithmetic(inner, (source) => compileQuotedText(source, context));
  if (expression.waits) {
    return {
      waits: true,
      put: function* (shell, builder) {
        const value = String(yield* expression.evaluate(shell));
        if (quoted) builder.quoted(value);
        else builder.split(value);
      },
    };
  }
  return {
    waits: false,
    put: (shell, builder) => {
      const value = String(expression.now(shell));
      if (quoted) builder.quoted(value);
      else builder.split(value);
    },
  };
}

function commandPiece(script: ParsedScript | undefined, text: string, context: WordContext): Piece {
  if (!script) throw new CommandFailure(`${text}: bad substitution`);
  const run = context.substitutions.capture(script, context, text);
  const { quoted } = context;
  return {
    waits: true,
    put: function* (shell, builder) {
      const output = yield* run(shell);
      if (quoted) builder.quoted(output);
      else builder.split(output);
    },
  };
}
