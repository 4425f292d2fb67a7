import { basename, dirname } from 'node:path';
import { curriculum } from '../../content/curriculum.js';
import type { LabRule } from '../rule.js';

/** A lab goes by its file's name, so that two in one folder cannot have the same. */
const fileName: LabRule = {
  name: 'file-name',
  says: "a lab's name is its file's name",
  remedy: 'rename one of them',
  severity: 'error',
  check({ file, content: { metadata } }, report) {
    const expected = basename(file).replace(/\.ya?ml$/, '');
    if (metadata.name !== expected) report('metadata/name', `must be the file's name, ${expected}`);
  },
};

/** `cka/labs` holds labs for the CKA. */
const certificationFolder: LabRule = {
  name: 'certification-folder',
  says: 'a lab lies in the folder of the certification it is for',
  remedy: 'move the file, or change the certification',
  severity: 'error',
  check({ file, content: { spec } }, report) {
    const folder = basename(dirname(dirname(file)));
    if (['cka', 'ckad', 'cks'].includes(folder) && folder !== spec.certification)
      report('spec/certification', `is ${spec.certification}, but the file lies in content/${folder}`);
  },
};

const unknownDomain: LabRule = {
  name: 'unknown-domain',
  says: "a lab's domain is one of its certification's",
  remedy: 'write one of these, letter by letter',
  severity: 'error',
  check({ content: { spec } }, report) {
    const its = curriculum()
      .domains.filter(({ certification }) => certification === spec.certification)
      .map(({ name }) => name);
    if (its.includes(spec.domain)) return;
    const known = its.map((name) => `"${name}"`).join(', ');
    report('spec/domain', `${spec.certification} has no domain "${spec.domain}"; it has ${known}`);
  },
};

const unknownWorld: LabRule = {
  name: 'unknown-world',
  says: 'the world a lab begins with is one of the ready-made ones',
  remedy: 'name one of these',
  severity: 'error',
  check({ content: { spec }, worlds }, report) {
    if (!worlds.includes(spec.world.base))
      report('spec/world/base', `there is no world ${spec.world.base}; there are ${worlds.join(', ')}`);
  },
};

/** What things are called: the lab, its domain, its world. */
export const names: readonly LabRule[] = [fileName, certificationFolder, unknownDomain, unknownWorld];
