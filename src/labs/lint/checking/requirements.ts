import { quantityValue } from '../../../checker/quantity.js';
import type { Check } from '../../../checker/rubric.js';
import { namesBehind } from '../../format/used-names.js';
import type { LabRule, LintedLab } from '../rule.js';
import { type Requirement, requirementsOf, textsIn } from '../texts.js';

const requirementWithoutCheck: LabRule = {
  name: 'requirement-without-check',
  says: 'each numbered requirement of the task is served by a check',
  remedy: 'add a check that serves it, or take the requirement away',
  severity: 'error',
  check({ content }, report) {
    const served = new Set(content.spec.checks.flatMap(servedBy));
    const told = new Set<number>();
    for (const { number, path } of requirementsOf(content)) {
      if (!served.has(number) && !told.has(number)) report(path, `no check serves requirement ${number}`);
      told.add(number);
    }
  },
};

const checkWithoutRequirement: LabRule = {
  name: 'check-without-requirement',
  says: 'each check that earns points serves a numbered requirement of the task',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    const numbers = [...new Set(requirementsOf(content).map(({ number }) => number))];
    content.spec.checks.forEach((check, index) => {
      const path = `spec/checks/${index}`;
      if (check.guard && servedBy(check).length === 0) return;
      if (numbers.length === 0) report(path, 'the task has no numbered requirements', 'number them: 1. …');
      else if (servedBy(check).length === 0)
        report(path, `${check.id} does not say which requirement it serves`, `add serves: ${numbers.join(' or ')}`);
      for (const number of servedBy(check))
        if (numbers.length > 0 && !numbers.includes(number))
          report(`${path}/serves`, `there is no requirement ${number}`, `the task has ${numbers.join(', ')}`);
    });
  },
};

/** Bold, or code. */
const MARKED = /\*\*(.+?)\*\*|`([^`]+)`/g;
/** Names within double braces. */
const WITHIN = /\{\{\s*([^{}\s]+)\s*\}\}/g;
/** A number with its unit that stands for itself: no part of a name, an address or a version. */
const NUMBER = /(?<![\w.:/{-])\d+(?:\.\d+)?(?:%|[KMGT]i?|m|s|h)?(?![\w.:/}-]*\w)/g;

const differingValue: LabRule = {
  name: 'differing-value',
  says: 'a number, a name in bold or a path that a requirement gives is what the checks look for',
  remedy: '',
  severity: 'shipped',
  check(lab, report) {
    for (const requirement of requirementsOf(lab.content)) {
      const looked = lookedFor(lab, requirement);
      if (looked === undefined) continue;
      for (const value of valuesOf(requirement.text)) {
        if (!looked.has(value))
          report(
            requirement.path,
            `requirement ${requirement.number} says ${value}, and no check that serves it does`,
            'make them say the same; what is only told by the way is written without bold',
          );
      }
    }
  },
};

/** Requirements of the task and the checks that serve them. */
export const requirements: readonly LabRule[] = [requirementWithoutCheck, checkWithoutRequirement, differingValue];

function servedBy({ serves }: Check): readonly number[] {
  return serves === undefined ? [] : [serves].flat();
}

/** A name as objects, files and settings have it; words that are bold because they matter are none. */
const NAME = /^(?=.*[a-z0-9])[a-z0-9/~.{}][\w./:={}~-]*$/;
const STRESSED = new Set(
  'all also any at both each every first last must never no none not once one only same two'.split(' '),
);

/** Names in bold, paths in code, and numbers, each once. */
function valuesOf(text: string): string[] {
  const marked = [...text.matchAll(MARKED)].flatMap(([, bold, code]) => {
    if (bold !== undefined)
      return isName(bold) ? [bold] : bold.split(/\s+/).filter((word) => /^\{\{.*\}\}$/.test(word));
    return code !== undefined && /^~?\/\S*$|^\{\{answers\}\}\S*$/.test(code) ? [code] : [];
  });
  const numbers =
    text
      .replace(MARKED, ' ')
      .replace(/\{\{.*?\}\}/g, ' ')
      .match(NUMBER) ?? [];
  return [...new Set([...marked, ...numbers])];
}

function isName(word: string): boolean {
  return NAME.test(word) && !STRESSED.has(word);
}

/**
 * What the checks that serve a requirement look for, with the guards and what the world has: a value that is there
 * already may be named by the way. Undefined where no check serves it, which another rule tells.
 */
function lookedFor({ content }: LintedLab, { number }: Requirement): { has(value: string): boolean } | undefined {
  const { spec } = content;
  const checks = spec.checks.filter((check) => check.guard || servedBy(check).includes(number));
  if (!checks.some((check) => servedBy(check).includes(number))) return undefined;
  const machine = checks.map(({ says: _, because: __, points: ___, serves: ____, ...subject }) => subject);
  const texts = [...textsIn(machine, ''), ...numbersIn(machine)].map(({ text }) => text);
  const all = [...texts, ...textsIn(spec.world, '').map(({ text }) => text)];
  const quantities = new Set(texts.flatMap((text) => (text.match(NUMBER) ?? []).map(quantityValue)));
  // A share that the task names is looked for as the numbers that are worked out of it.
  const behind = new Set(
    all.flatMap((text) => [...text.matchAll(WITHIN)].flatMap(([, name = '']) => [...namesBehind(content, name)])),
  );
  return {
    has(value) {
      const [whole, name = ''] = /^\{\{\s*([^{}\s.]+)\s*\}\}$/.exec(value) ?? [];
      if (whole !== undefined) return behind.has(name);
      if (!/^\d/.test(value)) return all.some((text) => text.includes(value));
      return texts.includes(value) || quantities.has(quantityValue(value.replace(/[%sh]$/, '')));
    },
  };
}

function numbersIn(value: unknown): { readonly text: string }[] {
  if (typeof value === 'number') return [{ text: String(value) }];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersIn);
}
