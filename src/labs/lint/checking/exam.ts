import { curriculum } from '../../content/curriculum.js';
import { allowedAddress, exams } from '../../content/exam.js';
import { nearest } from '../../nearest.js';
import type { LabRule } from '../rule.js';

const noTypes: LabRule = {
  name: 'no-types',
  says: 'a lab says which types of task it drills',
  remedy: 'add types, ids of content/curriculum.yaml',
  severity: 'shipped',
  check({ content: { spec } }, report) {
    if ((spec.types ?? []).length === 0) report('spec/types', 'names no type of task');
  },
};

const unknownType: LabRule = {
  name: 'unknown-type',
  says: 'the types a lab drills are types of its certification',
  remedy: 'the ids are in content/curriculum.yaml',
  severity: 'error',
  check({ content: { spec } }, report) {
    const { types } = curriculum();
    const its = [...types.values()].filter(({ certification }) => certification === spec.certification);
    spec.types?.forEach((id, index) => {
      const known = types.get(id);
      const near = nearest(
        id,
        its.map((type) => type.id),
      );
      if (!known)
        report(
          `spec/types/${index}`,
          `there is no type ${id}`,
          near === undefined ? undefined : `did you mean ${near} (${types.get(near)?.does})?`,
        );
      else if (known.certification !== spec.certification)
        report(
          `spec/types/${index}`,
          `${id} is a type of ${known.certification}, and this lab is for ${spec.certification}`,
        );
    });
  },
};

const foreignLink: LabRule = {
  name: 'foreign-link',
  says: 'what a lab advises to read is what the exam allows to open',
  remedy: '',
  severity: 'error',
  check({ content: { spec } }, report) {
    const exam = exams()[spec.certification];
    spec.reads?.forEach((page, index) => {
      const address = typeof page === 'string' ? page : page.url;
      if (!allowedAddress(address, exam))
        report(
          `spec/reads/${index}`,
          `${address} may not be opened in the exam`,
          `its sites are ${exam.sites.map((site) => `https://${site}`).join(', ')}`,
        );
    });
  },
};

/** What the exams ask and allow. */
export const exam: readonly LabRule[] = [noTypes, unknownType, foreignLink];
