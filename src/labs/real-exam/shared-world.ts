import type { WorldSpec } from '../../clusters/port.js';
import type { OpenHow, Step, WantedWorld } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../format/instance.js';

/** The cluster that all tasks of an exam can be done on: with the add-ons of each, and as many nodes as the largest has. */
export function wantedWorld(instances: readonly Pick<LabInstance, 'world'>[]): WantedWorld {
  const addons = [...new Set(instances.flatMap(({ world }) => world.addons ?? []))].sort();
  return { base: 'three-node', ...(addons.length > 0 ? { addons } : {}) };
}

/** The worlds of all tasks, one after another, as one: what of it may not be is refused before anything is made. */
export function sharedWorld(instances: readonly Pick<LabInstance, 'world'>[]): WorldSpec {
  const [first] = instances;
  if (!first) throw new Error('an exam has tasks');
  return { ...first.world, ...wantedWorld(instances), steps: instances.flatMap(stepsOf) };
}

/** Tells of the steps of a shared world which task they are for. */
export function toldByTask(
  instances: readonly Pick<LabInstance, 'world'>[],
  onStep: OpenHow['onStep'],
): (step: Step) => void {
  const tasks = instances.flatMap((instance, index) => stepsOf(instance).map(() => index + 1));
  return ({ says, number, of }) => {
    const task = tasks[Math.min(number, tasks.length) - 1];
    const words = says.replace(/ \(\d+ of \d+\)$/, '');
    onStep({ says: task === undefined ? words : `task ${task} of ${instances.length}: ${words}`, number, of });
  };
}

/** Steps but for ages: a real cluster does not age at will, so none of them counts. */
function stepsOf({ world: { steps = [] } }: Pick<LabInstance, 'world'>): NonNullable<WorldSpec['steps']> {
  return steps.filter((step) => !('age' in step));
}
