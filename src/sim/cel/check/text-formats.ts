/** Whether texts with places for values fit the lists they are filled from, where both are written out. */
import { fillClauses, TextFormatError, wrongType } from '../run/text-format.js';
import type { Call, Node } from '../syntax/ast.js';
import type { Issues } from '../syntax/issues.js';
import { type CelType, DYN } from '../types.js';
import type { Checked } from './checker.js';

const TAKES: Readonly<Record<string, ReadonlySet<CelType['kind']>>> = {
  s: new Set([
    'list',
    'map',
    'int',
    'uint',
    'double',
    'bool',
    'string',
    'timestamp',
    'bytes',
    'duration',
    'type',
    'null',
  ]),
  d: new Set(['int', 'uint']),
  f: new Set(['double', 'string']),
  e: new Set(['double', 'string']),
  b: new Set(['int', 'uint', 'bool']),
  x: new Set(['int', 'uint', 'string', 'bytes']),
  o: new Set(['int', 'uint']),
};

/** Notes what is wrong with one call of `format`. */
export function validateTextFormat(node: Call, checked: Checked, issues: Issues): void {
  const [list] = node.args;
  if (node.target?.kind !== 'literal' || typeof node.target.value !== 'string' || list?.kind !== 'list') return;
  const { elements } = list;
  let used = 0;
  let wrong: Node | undefined;
  try {
    fillClauses(node.target.value, elements.length, (clause, index) => {
      used += 1;
      wrong = misfit(elements[index] as Node, clause.letter.toLowerCase(), checked);
      if (wrong) throw wrongType(clause, (checked.types.get(wrong) ?? DYN).name);
      return '';
    });
  } catch (error) {
    if (!(error instanceof TextFormatError)) throw error;
    issues.add(wrong?.at ?? node.at, error.message);
    return;
  }
  if (elements.length <= used) return;
  const counts = `(expected ${used}, got ${elements.length})`;
  issues.add(node.at, `too many arguments supplied to string.format ${counts}`);
}

/** The part of a value that a clause cannot show. */
function misfit(node: Node, letter: string, checked: Checked): Node | undefined {
  const type = checked.types.get(node) ?? DYN;
  if (type.kind !== 'dyn' && !TAKES[letter]?.has(type.kind)) return node;
  if (letter !== 's') return undefined;
  const parts =
    node.kind === 'list'
      ? node.elements
      : node.kind === 'map'
        ? node.entries.flatMap(({ key, value }) => [key, value])
        : [];
  for (const part of parts) {
    const found = misfit(part, letter, checked);
    if (found) return found;
  }
  return undefined;
}
