import type { LabRule } from '../rule.js';

const twinCheck: LabRule = {
  name: 'twin-check',
  says: 'each check has an id of its own',
  remedy: 'give one of them another',
  severity: 'error',
  check({ content: { spec } }, report) {
    const ids = new Set<string>();
    spec.checks.forEach(({ id }, index) => {
      if (ids.has(id)) report(`spec/checks/${index}/id`, `another check has the id ${id}`);
      ids.add(id);
    });
  },
};

const guardWithPoints: LabRule = {
  name: 'guard-with-points',
  says: 'a guard earns no points',
  remedy: 'take points away, or guard',
  severity: 'error',
  check({ content: { spec } }, report) {
    spec.checks.forEach(({ guard, points }, index) => {
      if (guard && points !== undefined) report(`spec/checks/${index}/points`, 'a guard earns no points');
    });
  },
};

const checkWithoutPoints: LabRule = {
  name: 'check-without-points',
  says: 'a check that is no guard earns points',
  remedy: 'say how many, or make it a guard',
  severity: 'error',
  check({ content: { spec } }, report) {
    spec.checks.forEach(({ guard, points }, index) => {
      if (!guard && points === undefined) report(`spec/checks/${index}`, 'points is missing');
    });
  },
};

const voidsWithoutGuard: LabRule = {
  name: 'voids-without-guard',
  says: 'only a guard voids',
  remedy: 'take voids away, or write guard: true instead of points',
  severity: 'error',
  check({ content: { spec } }, report) {
    spec.checks.forEach(({ guard, voids }, index) => {
      if (voids && !guard) report(`spec/checks/${index}/voids`, 'only a guard voids');
    });
  },
};

const unknownCheck: LabRule = {
  name: 'unknown-check',
  says: 'voids, counts_with and fails name checks that there are',
  remedy: '',
  severity: 'error',
  check({ content: { spec } }, report) {
    const ids = spec.checks.map(({ id }) => id);
    const look = (path: string, named: readonly string[] | undefined): void => {
      for (const id of named ?? [])
        if (!ids.includes(id)) report(path, `there is no check ${id}`, `the checks are ${ids.join(', ')}`);
    };
    spec.checks.forEach((check, index) => {
      look(`spec/checks/${index}/voids`, check.voids);
      look(`spec/checks/${index}/counts_with`, check.counts_with);
    });
    spec.mistakes?.forEach(({ fails }, index) => {
      look(`spec/mistakes/${index}/fails`, fails);
    });
  },
};

const twinPart: LabRule = {
  name: 'twin-part',
  says: 'each part of the solution with an id has one of its own',
  remedy: 'give one of them another, or none',
  severity: 'error',
  check({ content: { spec } }, report) {
    const seen: { readonly id: string; readonly when: string }[] = [];
    spec.solution.forEach(({ id, when }, index) => {
      if (id === undefined) return;
      // Parts of which only one ever applies may share an id: a mistake names whichever it is.
      const condition = JSON.stringify(when ?? null);
      if (seen.some((other) => other.id === id && (other.when === condition || other.when === 'null' || !when)))
        report(`spec/solution/${index}/id`, `another part of the solution has the id ${id}`);
      seen.push({ id, when: condition });
    });
  },
};

const unknownPart: LabRule = {
  name: 'unknown-part',
  says: 'after names parts of the solution that there are',
  remedy: '',
  severity: 'error',
  check({ content: { spec } }, report) {
    const ids = [...new Set(spec.solution.flatMap(({ id }) => id ?? []))];
    spec.mistakes?.forEach(({ after }, index) => {
      if (after === undefined || after === 'solution') return;
      for (const id of after) {
        const known = ids.length === 0 ? 'none has one; write after: solution' : `its ids are ${ids.join(', ')}`;
        if (!ids.includes(id))
          report(`spec/mistakes/${index}/after`, `no part of the solution has the id ${id}`, known);
      }
    });
  },
};

const countsWithGuard: LabRule = {
  name: 'counts-with-guard',
  says: 'counts_with names checks that earn, and voids checks that a guard can void',
  remedy: 'name a check with points',
  severity: 'error',
  check({ content: { spec } }, report) {
    const guards = new Set(spec.checks.filter(({ guard }) => guard).map(({ id }) => id));
    spec.checks.forEach((check, index) => {
      for (const name of ['counts_with', 'voids'] as const)
        for (const id of check[name] ?? [])
          if (guards.has(id)) report(`spec/checks/${index}/${name}`, `${id} is a guard and earns nothing`);
    });
  },
};

const countsInCircle: LabRule = {
  name: 'counts-in-circle',
  says: 'no check counts with itself, by way of others either',
  remedy: 'leave one of them out',
  severity: 'error',
  check({ content: { spec } }, report) {
    const next = new Map(spec.checks.map(({ id, counts_with: ids = [] }) => [id, ids]));
    spec.checks.forEach(({ id }, index) => {
      const open = [...(next.get(id) ?? [])];
      const seen = new Set(open);
      for (let one = open.pop(); one !== undefined && !seen.has(id); one = open.pop())
        for (const other of next.get(one) ?? [])
          if (!seen.has(other)) {
            seen.add(other);
            open.push(other);
          }
      if (seen.has(id)) report(`spec/checks/${index}/counts_with`, `${id} counts with itself in the end`);
    });
  },
};

/** Ids that must be unique, and names of checks and of parts of the solution that must exist. */
export const rubric: readonly LabRule[] = [
  twinCheck,
  guardWithPoints,
  checkWithoutPoints,
  voidsWithoutGuard,
  unknownCheck,
  countsWithGuard,
  countsInCircle,
  twinPart,
  unknownPart,
];
