import type { Curriculum } from '../content/curriculum.js';
import type { Lab } from '../format/lab.js';
import { lessonName } from '../lesson/lesson.js';
import type { LessonAsLab } from '../lesson/read-lesson.js';
import type { DomainFacts, HistoryFacts, LessonFacts } from './history-facts.js';

/** What a history needs of these labs: the curriculum's domains come first, then those that only labs have. */
export function factsOf(labs: readonly Lab[], { domains, types }: Curriculum): HistoryFacts {
  const known = new Map<string, DomainFacts>();
  const others = labs.map(({ content: { spec } }) => ({ ...spec, name: spec.domain, weight: undefined }));
  for (const { certification, name, weight } of [...domains, ...others]) {
    const key = `${certification}/${name}`;
    if (!known.has(key)) known.set(key, { certification, name, weight });
  }
  return {
    labs: labs.map(({ id, content: { metadata, spec } }) => ({
      id,
      title: metadata.title,
      certification: spec.certification,
      domain: spec.domain,
      types: spec.types ?? [],
      minutes: spec.minutes,
      difficulty: spec.difficulty,
    })),
    domains: [...known.values()],
    types,
  };
}

/** What a history needs of a lesson. */
export function lessonFacts({ id, lesson: { metadata, spec } }: LessonAsLab): LessonFacts {
  const { title } = metadata;
  return { name: lessonName(id), title, certification: spec.certification, steps: spec.steps.length };
}
