import type { Random } from '../../../../src/sim/kernel/random.js';
import type { Deed } from '../deed.js';
import { drawImage, finishing, type Plural, pathOf, seldom, serving, WORKLOADS } from './objects.js';
import type { Story } from './story.js';

const MERGE = 'PATCH';

/** A new workload of some kind. */
export function newWorkload(random: Random, story: Story): Deed {
  const plural = random.pick<Plural>([
    'deployments',
    'deployments',
    'deployments',
    'statefulsets',
    'daemonsets',
    'replicasets',
    'jobs',
    'jobs',
    'cronjobs',
  ]);
  const namespace = random.pick(story.namespaces);
  const name = story.newName(plural.slice(0, 3));
  story.workloads.push({ plural, namespace, name });
  const body = {
    ...WORKLOADS[plural],
    metadata: { name, namespace, labels: { app: name } },
    spec: spec(random, plural, name),
  };
  return { kind: 'request', method: 'POST', target: pathOf(plural, namespace), body };
}

function spec(random: Random, plural: Plural, app: string): object {
  const selector = { matchLabels: { app } };
  const share = () => random.pick<number | string>([0, 1, 2, '25%', '50%', '100%']);
  switch (plural) {
    case 'deployments': {
      const surge = share();
      const rollingUpdate = { maxSurge: surge, maxUnavailable: surge === 0 ? 1 : share() };
      const strategy = seldom(random, 4) ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate };
      return { replicas: random.below(6), strategy, selector, template: serving(random, app) };
    }
    case 'statefulsets': {
      const podManagementPolicy = random.pick(['OrderedReady', 'Parallel']);
      return {
        replicas: random.below(4),
        podManagementPolicy,
        selector,
        serviceName: app,
        template: serving(random, app),
      };
    }
    case 'daemonsets':
      return { selector, template: serving(random, app) };
    case 'replicasets':
      return { replicas: random.below(4), selector, template: serving(random, app) };
    case 'jobs':
      return jobSpec(random, app);
    default:
      return {
        schedule: '* * * * *',
        concurrencyPolicy: random.pick(['Allow', 'Forbid', 'Replace']),
        jobTemplate: { spec: jobSpec(random, app) },
      };
  }
}

function jobSpec(random: Random, app: string): object {
  const completions = 1 + random.below(4);
  return {
    completions,
    parallelism: 1 + random.below(3),
    backoffLimit: random.below(3),
    ...(seldom(random, 3) ? { completionMode: 'Indexed' } : {}),
    ...(seldom(random, 4) ? { ttlSecondsAfterFinished: random.below(20) } : {}),
    ...(seldom(random, 5) ? { activeDeadlineSeconds: 5 + random.below(40) } : {}),
    template: finishing(random, app),
  };
}

/** Something changes in a workload that there is, as far as one knows. */
export function changeWorkload(random: Random, story: Story): Deed {
  const workload = random.pick(story.workloads);
  const target = pathOf(workload.plural, workload.namespace, workload.name);
  const patch = (spec: object): Deed => ({ kind: 'request', method: MERGE, target, body: { spec } });
  if (workload.plural === 'jobs') return patch({ suspend: seldom(random, 2), parallelism: random.below(4) });
  if (workload.plural === 'cronjobs') return patch({ suspend: seldom(random, 2) });
  const image = (): Deed => ({
    kind: 'request',
    method: 'PATCH strategic',
    target,
    body: { spec: { template: { spec: { containers: [{ name: 'c', image: drawImage(random) }] } } } },
  });
  if (workload.plural === 'daemonsets') return image();
  const choices = [() => patch({ replicas: random.below(7) }), image];
  if (workload.plural === 'deployments') {
    const words = `-n ${workload.namespace} deployment/${workload.name}`;
    choices.push(
      () => patch({ paused: seldom(random, 2) }),
      () => ({ kind: 'script', script: `kubectl rollout undo ${words}` }),
      () => ({ kind: 'script', script: `kubectl rollout restart ${words}` }),
      () => patch({ strategy: { type: 'Recreate', rollingUpdate: null } }),
    );
  }
  return random.pick(choices)();
}

/** A workload goes, and with it what it made, or not. */
export function removeWorkload(random: Random, story: Story): Deed {
  const at = random.below(story.workloads.length);
  const [{ plural, namespace, name }] = story.workloads.splice(at, 1) as [(typeof story.workloads)[number]];
  const propagationPolicy = random.pick(['Background', 'Background', 'Foreground', 'Orphan']);
  return { kind: 'request', method: 'DELETE', target: pathOf(plural, namespace, name), body: { propagationPolicy } };
}
