import type { LabRule } from '../rule.js';

const HINTS_WANTED = 3;
const MISTAKES_WANTED = 3;

const fewHints: LabRule = {
  name: 'few-hints',
  says: 'a lab has three hints, from gentle to plain',
  remedy: 'add hints: where to look, what belongs together, which command',
  severity: 'shipped',
  check({ content: { spec } }, report) {
    const { length } = spec.hints ?? [];
    if (length < HINTS_WANTED) report('spec/hints', `${length} of ${HINTS_WANTED} hints`);
  },
};

const fewAlternatives: LabRule = {
  name: 'few-alternatives',
  says: 'a lab has another way that earns everything, so that it grades the state and not the commands',
  remedy: 'add an alternative',
  severity: 'shipped',
  check({ content: { spec } }, report) {
    if ((spec.alternatives ?? []).length === 0) report('spec/alternatives', 'there is one way only');
  },
};

const fewMistakes: LabRule = {
  name: 'few-mistakes',
  says: 'a lab has three mistakes that people really make',
  remedy: 'add mistakes, with the checks that notice them',
  severity: 'shipped',
  check({ content: { spec } }, report) {
    const { length } = spec.mistakes ?? [];
    if (length < MISTAKES_WANTED) report('spec/mistakes', `${length} of ${MISTAKES_WANTED} mistakes`);
  },
};

const noReason: LabRule = {
  name: 'no-because',
  says: 'a check that earns points says why it matters, for whoever fails it',
  remedy: 'add because',
  severity: 'shipped',
  check({ content: { spec } }, report) {
    spec.checks.forEach(({ id, guard, because }, index) => {
      if (!guard && because === undefined) report(`spec/checks/${index}`, `${id} does not say why it matters`);
    });
  },
};

const noReading: LabRule = {
  name: 'no-reads',
  says: 'a lab names pages to read',
  remedy: 'add reads: pages that the exam allows',
  severity: 'shipped',
  check({ content: { spec } }, report) {
    if ((spec.reads ?? []).length === 0) report('spec/reads', 'there is nothing to read');
  },
};

/** What a lab has beside what it needs to be played. */
export const completeness: readonly LabRule[] = [fewHints, fewAlternatives, fewMistakes, noReason, noReading];
