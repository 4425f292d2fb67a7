import { createRandom, type Random } from '../../../../src/sim/kernel/random.js';
import type { Act, Deed } from '../deed.js';
import { breakSomething, changeNode, killSomething, mend } from './faults.js';
import { pathOf } from './objects.js';
import { Story } from './story.js';
import { changeNamespaces, newBudget, newPod, newQuota, newService, removeOther } from './surroundings.js';
import { changeWorkload, newWorkload, removeWorkload } from './workloads.js';

/** Who writes a kind of deed, how often beside the others, and what there has to be. */
interface Author {
  readonly weight: number;
  readonly needs?: (story: Story) => boolean;
  readonly write: (random: Random, story: Story) => Deed;
}

const AUTHORS: readonly Author[] = [
  { weight: 8, write: newWorkload },
  { weight: 8, needs: hasWorkloads, write: changeWorkload },
  { weight: 3, needs: hasWorkloads, write: removeWorkload },
  { weight: 2, write: newPod },
  { weight: 2, write: changeNamespaces },
  { weight: 2, needs: hasWorkloads, write: newBudget },
  { weight: 1, write: newQuota },
  { weight: 1, needs: hasWorkloads, write: newService },
  { weight: 2, needs: ({ others }) => others.length > 0, write: removeOther },
  { weight: 4, write: changeNode },
  { weight: 3, write: breakSomething },
  { weight: 3, needs: ({ faults }) => faults.length > 0, write: mend },
  { weight: 2, write: killSomething },
  { weight: 5, write: doSomethingToAPod },
];

function hasWorkloads({ workloads }: Story): boolean {
  return workloads.length > 0;
}

function doSomethingToAPod(random: Random, { namespaces }: Story): Deed {
  const how = random.pick(['evict', 'evict', 'delete', 'delete at once'] as const);
  return { kind: 'pod', how, namespace: random.pick(namespaces), nth: random.below(20) };
}

/** The journal of a seed: changes that a server may accept, and faults, so many of them. */
export function drawActs(seed: string, count: number): Act[] {
  const random = createRandom(`seeded/${seed}`);
  const story = new Story();
  const importance = { metadata: { name: 'important' }, value: 1000 };
  const first: Deed = {
    kind: 'request',
    method: 'POST',
    target: pathOf('priorityclasses', undefined),
    body: importance,
  };
  const acts: Act[] = [{ after: 0, deed: first }];
  for (let number = 0; number < count; number += 1) {
    // Most follow at once, so that they meet what those before have begun; some wait until it may be done.
    const after = random.pick([0, 0, 0, 1, 1, 2, 5, 10, 30]);
    const author = number < 2 ? (AUTHORS[0] as Author) : draw(random, story);
    acts.push({ after, deed: author.write(random, story) });
  }
  return acts;
}

function draw(random: Random, story: Story): Author {
  const able = AUTHORS.filter(({ needs }) => needs?.(story) ?? true);
  let at = random.below(able.reduce((sum, { weight }) => sum + weight, 0));
  for (const author of able) {
    at -= author.weight;
    if (at < 0) return author;
  }
  throw new Error('no author has any weight');
}
