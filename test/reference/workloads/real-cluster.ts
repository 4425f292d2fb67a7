import { setTimeout as after } from 'node:timers/promises';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { type RealServer, startRealServer } from '../real-server.js';
import type { MeasuredNamespaces } from './metrics-server.js';
import { EVENTS, NODES, pathOf, resourceNamed, resourceOf, watchedBy } from './resources.js';
import { isOf, type Measured, type Scenario, type Step, scoped } from './scenario.js';
import { nodeStages, podStages } from './stages.js';
import { Story, type Told } from './story.js';

/** Nothing has to change for so long before a cluster is calm. */
const CALM_MS = 3500;
const PATIENCE_MS = 120_000;
const JSON_TYPE = { 'content-type': 'application/json' };

/** A real API server with its controllers and scheduler, and KWOK's nodes. */
export async function startRealCluster(): Promise<RealServer> {
  return await startRealServer({
    controllers: [
      '--node-monitor-grace-period=40s',
      '--concurrent-replicaset-syncs=1',
      '--kube-api-burst=300',
      '--horizontal-pod-autoscaler-downscale-stabilization=20s',
    ],
    scheduler: [],
    kwok: {
      stages: [...nodeStages(), ...podStages()],
      flags: [
        '--manage-nodes-with-annotation-selector=played=yes',
        '--node-lease-duration-seconds=40',
        '--cidr=10.244.0.0/16',
      ],
    },
  });
}

/** Puts nodes there, and gives back what takes them away again. */
export async function withNodes(server: RealServer, nodes: readonly KubeObject[]): Promise<() => Promise<void>> {
  for (const node of nodes) await server.send('POST', pathOf(NODES, ''), JSON_TYPE, JSON.stringify(node));
  await after(1000);
  return async () => {
    for (const { metadata } of nodes) await server.send('DELETE', pathOf(NODES, '', metadata.name), {});
    await after(1000);
  };
}

/** Plays a scenario on the real cluster, whose nodes are there, in a namespace of its own. */
export async function playReally(
  server: RealServer,
  scenario: Scenario,
  namespace: string,
  namespaces: MeasuredNamespaces = new Map(),
): Promise<Told> {
  const story = new Story(scenario, namespace);
  /** What stands in no namespace, and so has to be deleted by itself. */
  const everywhere: string[] = [];
  let last = Date.now();
  let measured: Measured = {};
  namespaces.set(namespace, () => ({ measured, nameOf: (actual) => story.canonical(actual) }));
  const hears = (line: string): void => {
    const { type, object } = JSON.parse(line) as { type: string; object: KubeObject };
    if (!isOf(object, namespace, scenario.nodes)) return;
    last = Date.now();
    story.hears(type, object);
  };
  const send = async (method: string, target: string, body?: object, type = JSON_TYPE): Promise<void> => {
    const { status, text } = await server.send(method, target, type, body && JSON.stringify(body));
    last = Date.now();
    if (status >= 300) story.refused(`${method} ${target}: ${status} ${messageOf(text)}`);
  };
  await send('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
  await until(server, `/api/v1/namespaces/${namespace}/serviceaccounts/default`, 200);
  const followed = [...watchedBy(scenario.also), EVENTS].map((type) => pathOf(type, namespace));
  // What happens to things that stand in no namespace is told in `default`.
  followed.push(pathOf(EVENTS, 'default'));
  const watches = followed.map((path) => server.follow(`${path}?watch=true`, hears));
  await after(300);
  try {
    for (const step of scoped(scenario.steps, namespace)) await play(step);
    return story.tell(scenario.title);
  } finally {
    for (const watch of watches) watch.stop();
    await server.send('DELETE', `/api/v1/namespaces/${namespace}`, {});
    for (const path of everywhere.reverse()) await server.send('DELETE', path, {});
  }

  async function play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'give':
        for (const object of step.objects) await create(object);
        return;
      case 'patch': {
        const path = place(step.of) + (step.subresource ? `/${step.subresource}` : '');
        return await send('PATCH', path, step.patch, { 'content-type': 'application/merge-patch+json' });
      }
      case 'remove':
        return await send('DELETE', place(step.of), step.options);
      case 'evict': {
        const name = story.actual(step.pod);
        const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
        return await send('POST', `${place(`pods ${step.pod}`)}/eviction`, eviction);
      }
      case 'measure':
        measured = step.measured;
        return;
      case 'wait':
        return await after(step.seconds * 1000);
      default:
        return await calm();
    }
  }

  async function create(object: KubeObject): Promise<void> {
    const type = resourceOf(object.kind);
    if (!type.namespaced) everywhere.push(pathOf(type, '', object.metadata.name));
    await send('POST', pathOf(type, namespace), object);
  }

  function place(of: string): string {
    const [plural = '', name = ''] = of.split(' ');
    return pathOf(resourceNamed(plural), namespace, story.actual(name));
  }

  async function calm(): Promise<void> {
    const began = Date.now();
    while (Date.now() - last < CALM_MS) {
      if (Date.now() - began > PATIENCE_MS) throw new Error(`${scenario.title}: does not come to rest`);
      await after(100);
    }
    story.calm();
  }
}

async function until(server: RealServer, target: string, wanted: number): Promise<void> {
  for (const began = Date.now(); Date.now() - began < PATIENCE_MS; await after(100)) {
    const { status } = await server.send('GET', target, {});
    if (status === wanted) return;
  }
  throw new Error(`${target} does not become ${wanted}`);
}

function messageOf(text: string): string {
  return (JSON.parse(text) as { message?: string }).message ?? text;
}
