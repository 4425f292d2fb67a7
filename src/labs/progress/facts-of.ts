import type { Curriculum } from '../content/curriculum.js';
import type { Lab } from '../format/lab.js';
import type { DomainFacts, HistoryFacts } from './history-facts.js';

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
