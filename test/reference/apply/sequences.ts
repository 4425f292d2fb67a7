import { type ApplyPlace, PLACES } from './places.js';
import { SPECIAL } from './special.js';
import { BODIES } from './special-bodies.js';
import type { Sequence, Step } from './step.js';

type Scenario = (place: ApplyPlace) => readonly Step[];

/** An apply, on top of the base. */
const apply = (manager: string, body: object, query = ''): Step => ({ verb: 'apply', manager, body, query });

/** What is done at every place. The base is applied before, by a manager of its own. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'applied, changed and given up': ({ with: set, first, second }) => [
    apply('a', set(first)),
    apply('a', set(second)),
    apply('a', set(second)),
    apply('a', {}),
  ],
  'shared by two, left by one and then by the other': ({ with: set, first }) => [
    apply('a', set(first)),
    apply('b', set(first)),
    apply('a', {}),
    apply('b', {}),
  ],
  'fought over, taken by force, and left': ({ with: set, first, second }) => [
    apply('a', set(first)),
    apply('b', set(second)),
    apply('b', set(second), 'force=true'),
    apply('a', set(first)),
    apply('b', {}),
  ],
  'updated by another, applied again, forced': ({ with: set, first, second }) => [
    apply('a', set(first)),
    { verb: 'merge', manager: 'u', body: set(second) },
    apply('a', set(first)),
    apply('a', set(second)),
    apply('a', set(first), 'force=true&dryRun=All'),
    { verb: 'get' },
  ],
  'updated first, then applied, by the same and by another': ({ with: set, first, second }) => [
    { verb: 'merge', manager: 'a', body: set(first) },
    apply('a', set(first)),
    apply('b', set(second)),
    apply('a', {}),
  ],
  'null and empty': ({ with: set, first, empty }) => [
    apply('a', set(first)),
    apply('b', set(null)),
    apply('c', set(empty)),
    apply('a', set(empty)),
    apply('a', set(null)),
  ],
  'of a wrong type': ({ with: set, wrong }) => [apply('a', set(wrong)), { verb: 'get' }],
};

function ofPlaces(): Sequence[] {
  return PLACES.flatMap((place) =>
    Object.entries(SCENARIOS).map(([name, scenario]) => ({
      name: `${place.name}: ${name}`,
      target: place.target,
      steps: [apply('base', place.base), ...scenario(place)],
    })),
  );
}

/** Every sequence that is written down. */
export function sequences(): readonly Sequence[] {
  return [...ofPlaces(), ...BODIES, ...SPECIAL];
}
