import { basename, dirname } from 'node:path';
import type { FileRule, Linted } from './rule.js';

/** What files of content have in common: a name, and a certification they are for. */
type Placed = Linted<{
  readonly metadata: { readonly name: string };
  readonly spec: { readonly certification: string };
}>;

/** Rules for where a file of a kind lies, `cka/labs` holding labs for the CKA, and what it is called. */
export function placementRules(kind: string): readonly FileRule<Placed>[] {
  return [
    {
      // Two in one folder cannot have the same name then.
      name: 'file-name',
      says: `a ${kind}'s name is its file's name`,
      remedy: 'rename one of them',
      severity: 'error',
      check({ file, content: { metadata } }, report) {
        const expected = basename(file).replace(/\.ya?ml$/, '');
        if (metadata.name !== expected) report('metadata/name', `must be the file's name, ${expected}`);
      },
    },
    {
      name: 'certification-folder',
      says: `a ${kind} lies in the folder of the certification it is for`,
      remedy: 'move the file, or change the certification',
      severity: 'error',
      check({ file, content: { spec } }, report) {
        const folder = basename(dirname(dirname(file)));
        if (['cka', 'ckad', 'cks'].includes(folder) && folder !== spec.certification)
          report('spec/certification', `is ${spec.certification}, but the file lies in content/${folder}`);
      },
    },
  ];
}
