import type { ApplyComparison } from './apply/compared-apply.js';
import type { Comparison } from './compared.js';

/** Something we do not say as the real server does, and why that stays for now. */
interface DifferenceClass {
  readonly name: string;
  readonly reason: string;
  /** Whether the answer to a request, by its id, belongs here. `real` is the real answer's JSON. */
  has(id: string, real: string): boolean;
}

/** An answer that differs, however it was asked for. */
type Differing = Pick<Comparison, 'real' | 'equal'> | Pick<ApplyComparison, 'real' | 'equal'>;

/** All of them. A differing answer that belongs nowhere is a defect: mend it, or say here why not. */
const CLASSES: readonly DifferenceClass[] = [
  {
    name: 'expressions in CEL',
    reason:
      'Expressions are kept and not compiled: what is wrong in them is not told. CEL comes with admission policies.',
    has: (_, real) => real.includes('compilation failed'),
  },
  {
    name: 'crashes of the real server',
    reason: 'The real handler panics over such an object and closes the connection; ours says what is wrong in it.',
    has: (_, real) => real.startsWith('{"status":0,'),
  },
  {
    name: 'defaults of a type that there is not',
    reason:
      'The real schema library checks a default against a type that it does not know, and calls it wrong as well; ours stops at the type.',
    has: (id) => /CustomResourceDefinition .*\.type (?:too long|out of enum)$/.test(id),
  },
  {
    name: 'managers by the second',
    reason:
      'Entries of managers are ordered by their times, whole seconds of the wall clock: the recording fell across one.',
    has: (id) => /^by hand strategic-patch: .*\(ephemeral\)$|^more updates than are told apart/.test(id),
  },
  {
    name: 'deep YAML',
    reason: 'Our YAML reader gives up at 1,000 levels, the real one at 10,000.',
    has: (id) => /YAML (?:too )?deep|deep apply-patch\+yaml/.test(id),
  },
];

/** Ids of answers that differ, by the name of their class; under '' those that belong nowhere. */
function classified(all: readonly Differing[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { real, equal } of all) {
    if (equal) continue;
    const { id, ...answer } = real;
    const text = JSON.stringify(answer);
    const name = CLASSES.find((one) => one.has(id, text))?.name ?? '';
    found.set(name, [...(found.get(name) ?? []), id]);
  }
  return found;
}

/** Ids of the answers that differ and belong to no class. */
export function unexplained(all: readonly Differing[]): readonly string[] {
  return classified(all).get('') ?? [];
}

/** The classes that occur: name, how many answers, reason. */
export function classRows(all: readonly Differing[]): (readonly [name: string, count: number, reason: string])[] {
  const found = classified(all);
  return CLASSES.flatMap(({ name, reason }) => {
    const ids = found.get(name);
    return ids ? [[name, ids.length, reason] as const] : [];
  });
}
