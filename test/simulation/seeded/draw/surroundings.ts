import type { Random } from '../../../../src/sim/kernel/random.js';
import type { Deed } from '../deed.js';
import { pathOf, seldom, serving } from './objects.js';
import type { Story } from './story.js';

/** A namespace comes, or goes with all that is in it. */
export function changeNamespaces(random: Random, story: Story): Deed {
  if (story.namespaces.length > 1 && seldom(random, 2)) {
    const at = 1 + random.below(story.namespaces.length - 1);
    const [name = ''] = story.namespaces.splice(at, 1);
    for (const list of [story.workloads]) {
      const kept = list.filter(({ namespace }) => namespace !== name);
      list.splice(0, list.length, ...kept);
    }
    return { kind: 'request', method: 'DELETE', target: pathOf('namespaces', undefined, name) };
  }
  const name = story.newName('ns');
  story.namespaces.push(name);
  return post('namespaces', undefined, { metadata: { name } });
}

/** A budget for the pods of a workload. */
export function newBudget(random: Random, story: Story): Deed {
  const { namespace, name: app } = random.pick(story.workloads);
  const name = story.newName('budget');
  story.others.push(pathOf('poddisruptionbudgets', namespace, name));
  const limit = random.pick([
    { minAvailable: 1 },
    { minAvailable: '50%' },
    { maxUnavailable: 1 },
    { maxUnavailable: 0 },
  ]);
  const spec = { ...limit, selector: { matchLabels: { app } } };
  return post('poddisruptionbudgets', namespace, { metadata: { name }, spec });
}

/** A quota for a namespace. */
export function newQuota(random: Random, story: Story): Deed {
  const namespace = random.pick(story.namespaces);
  const name = story.newName('quota');
  story.others.push(pathOf('resourcequotas', namespace, name));
  const hard = random.pick([
    { pods: `${1 + random.below(5)}` },
    { 'count/deployments.apps': `${random.below(3)}` },
    { pods: `${2 + random.below(8)}`, 'count/jobs.batch': '2' },
  ]);
  return post('resourcequotas', namespace, { metadata: { name }, spec: { hard } });
}

/** A service for the pods of a workload. */
export function newService(random: Random, story: Story): Deed {
  const { namespace, name: app } = random.pick(story.workloads);
  const name = story.newName('service');
  story.others.push(pathOf('services', namespace, name));
  return post('services', namespace, { metadata: { name }, spec: { selector: { app }, ports: [{ port: 80 }] } });
}

/** A pod of nobody. */
export function newPod(random: Random, story: Story): Deed {
  const namespace = random.pick(story.namespaces);
  const name = story.newName('pod');
  story.others.push(pathOf('pods', namespace, name));
  return post('pods', namespace, { ...serving(random, name), ...{ metadata: { name, labels: { app: name } } } });
}

/** A budget, quota, service or pod goes. */
export function removeOther(random: Random, story: Story): Deed {
  const [target = ''] = story.others.splice(random.below(story.others.length), 1);
  return { kind: 'request', method: 'DELETE', target };
}

function post(plural: string, namespace: string | undefined, body: object): Deed {
  return { kind: 'request', method: 'POST', target: pathOf(plural, namespace), body };
}
