import { KINDS, kindOf, subjectsIn } from './checks/register.js';
import type { Subject } from './rubric.js';
import type { Report } from './subject.js';

/** Which kinds a field may stand beside, for each such field. */
const OWNERS: ReadonlyMap<string, readonly string[]> = ownersOfFields();

/** What would make a check look at something else than it says: fields nobody reads, and what each kind finds wrong. */
export function lintSubject(subject: Subject, path: string, report: Report): void {
  for (const { path: below, subject: part } of subjectsIn(subject)) {
    const where = below === '' ? path : `${path}/${below}`;
    const kind = kindOf(part);
    for (const name of Object.keys(part)) {
      const owners = OWNERS.get(name);
      if (owners && !owners.includes(kind.field))
        report(
          `${where}/${name}`,
          `is not read by ${kind.field}; it belongs to ${owners.join(' or ')}`,
          'unread-field',
        );
    }
    kind.lint?.(part, where, report);
  }
}

function ownersOfFields(): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { field, beside = {} } of KINDS)
    for (const name of Object.keys(beside)) owners.set(name, [...(owners.get(name) ?? []), field]);
  return owners;
}
