import type { LessonRule } from './lesson-rules.js';

const twinStep: LessonRule = {
  name: 'twin-step',
  says: 'each step of a lesson has an id of its own',
  remedy: 'give one of them another',
  severity: 'error',
  check({ content: { spec } }, report) {
    const ids = new Set<string>();
    spec.steps.forEach(({ id }, index) => {
      if (ids.has(id)) report(`spec/steps/${index}/id`, `another step has the id ${id}`);
      ids.add(id);
    });
  },
};

const unprovenStep: LessonRule = {
  name: 'unproven-step',
  says: 'a step in which something is to be done has checks that see it and a solution that does it',
  remedy: 'add what is missing, or leave do, checks and solution out of a step that is only read',
  severity: 'error',
  check({ content: { spec } }, report) {
    spec.steps.forEach((step, index) => {
      const has = (['do', 'checks', 'solution'] as const).filter((field) => step[field] !== undefined);
      const lacks = (['do', 'checks', 'solution'] as const).filter((field) => step[field] === undefined);
      if (has.length > 0 && lacks.length > 0)
        report(`spec/steps/${index}`, `it has ${has.join(' and ')}, but no ${lacks.join(' and no ')}`);
    });
  },
};

const idleLesson: LessonRule = {
  name: 'idle-lesson',
  says: 'a lesson has something to do',
  remedy: 'let the learner do something in one step at least, with checks and a solution',
  severity: 'error',
  check({ content: { spec } }, report) {
    if (spec.steps.every(({ checks }) => checks === undefined))
      report('spec/steps', 'nothing is to be done in any step');
  },
};

const onlyGuards: LessonRule = {
  name: 'only-guards',
  says: "a step's checks see that it is done: one of them is no guard",
  remedy: 'take guard away from one of them',
  severity: 'error',
  check({ content: { spec } }, report) {
    spec.steps.forEach(({ checks }, index) => {
      if (checks?.every(({ guard }) => guard)) report(`spec/steps/${index}/checks`, 'all of them are guards');
    });
  },
};

/** What steps of lessons are made of. */
export const steps: readonly LessonRule[] = [idleLesson, onlyGuards, twinStep, unprovenStep];
