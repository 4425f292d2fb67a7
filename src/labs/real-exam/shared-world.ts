import type { WorldSpec } from '../../clusters/port.js';
import type { OpenHow, Step, WantedWorld } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../format/instance.js';

type WithWorld = Pick<LabInstance, 'world'>;
type WorldStep = NonNullable<WorldSpec['steps']>[number];

/** A step of a shared world, and the number of the task that it is for; none where it is for all. */
interface SharedStep {
  readonly step: WorldStep;
  readonly task?: number;
}

/** What rest is waited for at most where a world does not say, in seconds. */
const SETTLE_SECONDS_MAX = 180;

/** The cluster that all tasks of an exam can be done on: with the add-ons of each, and as many nodes as the largest has. */
export function wantedWorld(instances: readonly WithWorld[]): WantedWorld {
  const addons = [...new Set(instances.flatMap(({ world }) => world.addons ?? []))].sort();
  return { base: 'three-node', ...(addons.length > 0 ? { addons } : {}) };
}

/** The worlds of all tasks as one: what of it may not be is refused before anything is made. */
export function sharedWorld(instances: readonly WithWorld[]): WorldSpec {
  const [first] = instances;
  if (!first) throw new Error('an exam has tasks');
  return { ...first.world, ...wantedWorld(instances), steps: sharedSteps(instances).map(({ step }) => step) };
}

/** Tells of the steps of a shared world which task they are for. */
export function toldByTask(instances: readonly WithWorld[], onStep: OpenHow['onStep']): (step: Step) => void {
  const steps = sharedSteps(instances);
  return ({ says, number, of }) => {
    const { task } = steps[Math.min(number, steps.length) - 1] ?? {};
    const words = says.replace(/ \(\d+ of \d+\)$/, '');
    onStep({ says: task === undefined ? words : `task ${task} of ${instances.length}: ${words}`, number, of });
  };
}

/**
 * The steps of one task after another. Those that come to rest in the end do so together; worlds that never do, such as one
 * with an application that crashes again and again, come after that, for nothing rests beside them.
 */
function sharedSteps(instances: readonly WithWorld[]): readonly SharedStep[] {
  const resting: SharedStep[] = [];
  const restless: SharedStep[] = [];
  const seconds: number[] = [];
  for (const [index, instance] of instances.entries()) {
    const steps = stepsOf(instance);
    const last = steps.at(-1);
    const rests = last !== undefined && 'settle' in last;
    if (rests) seconds.push(last.settle === true ? SETTLE_SECONDS_MAX : last.settle.seconds_max);
    const own = (rests ? steps.slice(0, -1) : steps).map((step) => ({ step, task: index + 1 }));
    (rests ? resting : restless).push(...own);
  }
  const together = seconds.length > 0 ? [{ step: { settle: { seconds_max: Math.max(...seconds) } } }] : [];
  return [...resting, ...together, ...restless];
}

/** Steps but for ages: a real cluster does not age at will, so none of them counts. */
function stepsOf({ world: { steps = [] } }: WithWorld): readonly WorldStep[] {
  return steps.filter((step) => !('age' in step));
}
