/** Which tokens may come next at a place in the grammar. */
import { GRAMMAR, type Part, type RuleName } from './grammar.js';
import type { TokenKind } from './tokens.js';

/** What is left of a rule: a part, and what follows it. */
export interface Rest {
  readonly part: Part;
  readonly next: Rest | undefined;
}

/** The tokens, and whether the rule may end here. */
export interface Next {
  readonly kinds: ReadonlySet<TokenKind>;
  readonly mayEnd: boolean;
}

/** A row of parts, followed by others. */
export function restOf(parts: readonly Part[], after?: Rest): Rest | undefined {
  return parts.reduceRight<Rest | undefined>((next, part) => ({ part, next }), after);
}

const byRule = new Map<RuleName, Next>();

function nextOfRule(name: RuleName): Next {
  let next = byRule.get(name);
  if (!next) {
    next = nextOf(restOf(GRAMMAR[name]));
    byRule.set(name, next);
  }
  return next;
}

/** What may come next, as far as the rule itself tells. */
export function nextOf(rest: Rest | undefined): Next {
  const kinds = new Set<TokenKind>();
  for (let at = rest; at; at = at.next) {
    const { kinds: own, mayEnd } = nextOfPart(at.part);
    for (const kind of own) kinds.add(kind);
    if (!mayEnd) return { kinds, mayEnd: false };
  }
  return { kinds, mayEnd: true };
}

function nextOfPart(part: Part): Next {
  switch (part.is) {
    case 'token':
      return { kinds: new Set(part.kinds), mayEnd: false };
    case 'rule':
      return nextOfRule(part.name);
    case 'choice': {
      const each = part.alternatives.map((parts) => nextOf(restOf(parts)));
      return { kinds: new Set(each.flatMap(({ kinds }) => [...kinds])), mayEnd: each.some(({ mayEnd }) => mayEnd) };
    }
    case 'plus':
      return nextOf(restOf(part.parts));
    default:
      return { ...nextOf(restOf(part.parts)), mayEnd: true };
  }
}

/** In the order the server lists them. */
const ORDER: readonly TokenKind[] = [
  'EOF',
  '==',
  '!=',
  'in',
  '<',
  '<=',
  '>=',
  '>',
  '&&',
  '||',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  '.',
  ',',
  '-',
  '!',
  '?',
  ':',
  '+',
  '*',
  '/',
  '%',
  'true',
  'false',
  'null',
  'NUM_FLOAT',
  'NUM_INT',
  'NUM_UINT',
  'STRING',
  'BYTES',
  'IDENTIFIER',
  'ESC_IDENTIFIER',
];

/** Tokens as mistakes list them. */
export function tokensText(kinds: ReadonlySet<TokenKind>): string {
  const names = ORDER.filter((kind) => kinds.has(kind)).map((kind) => {
    if (kind === 'EOF') return '<EOF>';
    return /^[A-Z_]+$/.test(kind) ? kind : `'${kind}'`;
  });
  return names.length === 1 ? (names[0] ?? '') : `{${names.join(', ')}}`;
}
