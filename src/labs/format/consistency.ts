import { basename, dirname } from 'node:path';
import { curriculum } from '../content/curriculum.js';
import type { LabFile } from './lab.js';
import type { Positions } from './positions.js';
import type { Problem } from './problem.js';
import { checkSubject } from './subjects.js';
import { fieldName, lineOf } from './validate.js';

/** What no schema can say: names that must exist, ids that must be unique, guards that earn nothing. */
export function consistencyProblems(
  file: string,
  lab: LabFile,
  positions: Positions,
  worlds: readonly string[],
): Problem[] {
  const problems: Problem[] = [];
  const report = (path: string, message: string): void => {
    problems.push({ file, line: lineOf(positions, path), field: fieldName(path), message });
  };
  checkNames(file, lab, report, worlds);
  checkRubric(lab, report);
  for (const [index, check] of lab.spec.checks.entries()) checkSubject(check, `spec/checks/${index}`, report);
  checkScripts(lab, report);
  checkPlaceholders(lab, report);
  return problems;
}

/** Tells a problem of a field, by its path. */
export type Report = (path: string, message: string) => void;

function checkNames(file: string, { metadata, spec }: LabFile, report: Report, worlds: readonly string[]): void {
  const expected = basename(file).replace(/\.ya?ml$/, '');
  if (metadata.name !== expected) report('metadata/name', `must be the file's name, ${expected}`);
  const folder = basename(dirname(dirname(file)));
  if (['cka', 'ckad', 'cks'].includes(folder) && folder !== spec.certification) {
    report('spec/certification', `is ${spec.certification}, but the file lies in content/${folder}`);
  }
  const domains = curriculum()
    .domains.filter(({ certification }) => certification === spec.certification)
    .map(({ name }) => name);
  if (!domains.includes(spec.domain)) {
    const known = domains.map((name) => `"${name}"`).join(', ');
    report('spec/domain', `${spec.certification} has no domain "${spec.domain}"; it has ${known}`);
  }
  if (!worlds.includes(spec.world.base))
    report('spec/world/base', `there is no world ${spec.world.base}; there are ${worlds.join(', ')}`);
}

function checkRubric({ spec }: LabFile, report: Report): void {
  const ids = new Set<string>();
  spec.checks.forEach((check, index) => {
    const path = `spec/checks/${index}`;
    if (ids.has(check.id)) report(`${path}/id`, `another check has the id ${check.id}`);
    ids.add(check.id);
    if (check.guard && check.points !== undefined) report(`${path}/points`, 'a guard earns no points');
    if (!check.guard && check.points === undefined) report(path, 'points is missing');
    if (check.voids && !check.guard) report(`${path}/voids`, 'only a guard voids');
  });
  spec.checks.forEach((check, index) => {
    for (const name of ['voids', 'counts_with'] as const) {
      for (const id of check[name] ?? [])
        if (!ids.has(id)) report(`spec/checks/${index}/${name}`, `there is no check ${id}`);
    }
  });
  spec.mistakes?.forEach(({ fails }, index) => {
    for (const id of fails) if (!ids.has(id)) report(`spec/mistakes/${index}/fails`, `there is no check ${id}`);
  });
}

function checkScripts({ spec }: LabFile, report: Report): void {
  const ids = new Set(spec.solution.flatMap(({ id }) => id ?? []));
  spec.mistakes?.forEach(({ after }, index) => {
    if (after === undefined || after === 'solution') return;
    for (const id of after)
      if (!ids.has(id)) report(`spec/mistakes/${index}/after`, `no part of the solution has the id ${id}`);
  });
}

/** Names that every lab has beside its variants. */
const BUILT_IN = new Set(['answers']);

function checkPlaceholders(lab: LabFile, report: Report): void {
  const variants = lab.spec.variants ?? {};
  const known = (name: string): boolean => {
    const [first = '', second] = name.split('.');
    if (BUILT_IN.has(first) && second === undefined) return true;
    const variant = variants[first];
    if (!variant) return false;
    if (second === undefined) return true;
    return 'oneOf' in variant && variant.oneOf.some((value) => typeof value === 'object' && second in value);
  };
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      for (const match of value.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)) {
        if (!known(match[1] as string)) report(path, `{{${match[1]}}} is no variant of this lab`);
      }
    } else if (value !== null && typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) {
        const inside = `${path}/${name}`;
        if (name === 'when')
          for (const key of Object.keys(inner as object))
            if (!known(key)) report(inside, `${key} is no variant of this lab`);
        visit(inner, inside);
      }
    }
  };
  visit(lab.spec, 'spec');
}
