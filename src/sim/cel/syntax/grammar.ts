/** The language's grammar as data, in the shape the server's parser has it, so that mistakes can be told in its words. */
import type { TokenKind } from './tokens.js';

/** A rule's name. */
export type RuleName =
  | 'start'
  | 'expr'
  | 'conditionalOr'
  | 'conditionalAnd'
  | 'relation'
  | 'calc'
  | 'unary'
  | 'member'
  | 'primary'
  | 'exprList'
  | 'listInit'
  | 'fieldInitializerList'
  | 'optField'
  | 'mapInitializerList'
  | 'escapeIdent'
  | 'optExpr'
  | 'literal';

/** A part of a rule. Choices and loops name how they are decided. */
export type Part =
  | { readonly is: 'token'; readonly kinds: readonly TokenKind[] }
  | { readonly is: 'rule'; readonly name: RuleName }
  | { readonly is: 'choice'; readonly by: Decision; readonly alternatives: readonly (readonly Part[])[] }
  | { readonly is: 'optional'; readonly parts: readonly Part[] }
  | { readonly is: 'star'; readonly by: Decision; readonly parts: readonly Part[] }
  | { readonly is: 'plus'; readonly by: Decision; readonly parts: readonly Part[] };

/** How a choice is made: by the next token, or by looking further. */
export type Decision = 'next' | 'unary' | 'minus' | 'primary' | 'member' | 'literal' | 'comma' | 'relation' | 'calc';

function token(...kinds: TokenKind[]): Part {
  return { is: 'token', kinds };
}

function rule(name: RuleName): Part {
  return { is: 'rule', name };
}

function optional(...parts: Part[]): Part {
  return { is: 'optional', parts };
}

function star(by: Decision, ...parts: Part[]): Part {
  return { is: 'star', by, parts };
}

function choice(by: Decision, ...alternatives: Part[][]): Part {
  return { is: 'choice', by, alternatives };
}

const dot = optional(token('.'));
const id = token('IDENTIFIER');
const call = [token('('), optional(rule('exprList')), token(')')];
const field = [rule('optField'), token(':'), rule('expr')];
const entry = [rule('optExpr'), token(':'), rule('expr')];

/** Every rule's parts in their order. */
export const GRAMMAR: Readonly<Record<RuleName, readonly Part[]>> = {
  start: [rule('expr'), token('EOF')],
  expr: [rule('conditionalOr'), optional(token('?'), rule('conditionalOr'), token(':'), rule('expr'))],
  conditionalOr: [rule('conditionalAnd'), star('next', token('||'), rule('conditionalAnd'))],
  conditionalAnd: [rule('relation'), star('next', token('&&'), rule('relation'))],
  relation: [rule('calc'), star('relation', token('<', '<=', '>=', '>', '==', '!=', 'in'), rule('relation'))],
  calc: [rule('unary'), star('calc', token('*', '/', '%', '+', '-'), rule('calc'))],
  unary: [
    choice(
      'unary',
      [rule('member')],
      [{ is: 'plus', by: 'next', parts: [token('!')] }, rule('member')],
      [{ is: 'plus', by: 'minus', parts: [token('-')] }, rule('member')],
    ),
  ],
  member: [
    rule('primary'),
    star(
      'next',
      choice(
        'member',
        [token('.'), optional(token('?')), rule('escapeIdent')],
        [token('.'), id, ...call],
        [token('['), optional(token('?')), rule('expr'), token(']')],
      ),
    ),
  ],
  primary: [
    choice(
      'primary',
      [dot, id],
      [dot, id, ...call],
      [token('('), rule('expr'), token(')')],
      [token('['), optional(rule('listInit')), optional(token(',')), token(']')],
      [token('{'), optional(rule('mapInitializerList')), optional(token(',')), token('}')],
      [
        dot,
        id,
        star('next', token('.'), id),
        token('{'),
        optional(rule('fieldInitializerList')),
        optional(token(',')),
        token('}'),
      ],
      [rule('literal')],
    ),
  ],
  exprList: [rule('expr'), star('next', token(','), rule('expr'))],
  listInit: [rule('optExpr'), star('comma', token(','), rule('optExpr'))],
  fieldInitializerList: [...field, star('comma', token(','), ...field)],
  optField: [optional(token('?')), rule('escapeIdent')],
  mapInitializerList: [...entry, star('comma', token(','), ...entry)],
  escapeIdent: [choice('next', [id], [token('ESC_IDENTIFIER')])],
  optExpr: [optional(token('?')), rule('expr')],
  literal: [
    choice(
      'literal',
      [optional(token('-')), token('NUM_INT')],
      [token('NUM_UINT')],
      [optional(token('-')), token('NUM_FLOAT')],
      [token('STRING')],
      [token('BYTES')],
      [token('true')],
      [token('false')],
      [token('null')],
    ),
  ],
};
