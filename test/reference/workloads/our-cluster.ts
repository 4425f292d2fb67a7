import type { KubeObject } from '../../../src/sim/api/object.js';
import { StatusError } from '../../../src/sim/api/status.js';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import type { ApiClient, ResourceType } from '../../../src/sim/client/client.js';
import { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { CONTROLLERS } from '../../../src/sim/controllers/index.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { createScheduler, runScheduler } from '../../../src/sim/scheduler/scheduler.js';
import { bareSimulation, type Simulation, startControllers } from '../../sim/controllers/simulation.js';
import { playKubelets } from './our-kubelets.js';
import { EVENTS, NODES, pathOf, resourceNamed, resourceOf, WATCHED } from './resources.js';
import type { Scenario, Step } from './scenario.js';
import { Story, type Told } from './story.js';

const NAMESPACE = 'ours';
const CALM_SECONDS = 4;
const PATIENCE_SECONDS = 600;

/** Plays a scenario on our API server, controllers and scheduler, in virtual time. */
export function playOurs(scenario: Scenario): Told {
  const simulation = bareSimulation({ admission: admissionChain() });
  simulation.run(prepareCluster(simulation.parts));
  const story = new Story(scenario.places, NAMESPACE);
  let changes = 0;
  const hears = (type: string, object: KubeObject): void => {
    changes += 1;
    story.hears(type, object);
  };
  simulation.start((sys, client) => {
    const names = CONTROLLERS.map(({ name }) => name);
    startControllers(simulation, sys, client, names, { nodeMonitorGracePeriod: 40 * SECOND });
  });
  simulation.start((sys, client) => startScheduler(simulation, sys, client));
  simulation.start((sys, client) => playKubelets(sys, client));
  simulation.start((sys, client) => listen(sys, client, hears));
  for (const node of scenario.nodes) simulation.create(NODES, node);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  simulation.create(resourceNamed('namespaces'), namespace);
  simulation.advance(2 * SECOND);
  for (const step of scenario.steps) play(step);
  return story.tell(scenario.title);

  function play(step: Step): void {
    switch (step.kind) {
      case 'give':
        for (const object of step.objects) attempt('POST', pathOf(resourceOf(object.kind), NAMESPACE), create(object));
        return;
      case 'patch': {
        const { type, name, path } = place(step.of);
        const how = 'application/merge-patch+json';
        const options = step.subresource ? { subresource: step.subresource } : {};
        const target = path + (step.subresource ? `/${step.subresource}` : '');
        const asked = simulation.client.patch(type, name, namespaceOf(type), how, step.patch, options);
        return attempt('PATCH', target, asked);
      }
      case 'remove': {
        const { type, name, path } = place(step.of);
        return attempt('DELETE', path, simulation.client.delete(type, name, namespaceOf(type), step.options));
      }
      case 'evict': {
        const { type, name, path } = place(`pods ${step.pod}`);
        const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: NAMESPACE } };
        const asked = simulation.client.createSubresource(type, name, NAMESPACE, 'eviction', eviction);
        return attempt('POST', `${path}/eviction`, asked);
      }
      case 'wait':
        return simulation.advance(step.seconds * SECOND);
      default:
        return calm();
    }
  }

  function create(object: KubeObject): Waiting<KubeObject> {
    const type = resourceOf(object.kind);
    const metadata = type.namespaced ? { ...object.metadata, namespace: NAMESPACE } : object.metadata;
    return simulation.client.create(type, { ...object, metadata });
  }

  function place(of: string) {
    const [plural = '', canonical = ''] = of.split(' ');
    const type = resourceNamed(plural);
    const name = story.actual(canonical);
    return { type, name, path: pathOf(type, NAMESPACE, name) };
  }

  function attempt(method: string, path: string, step: Waiting<unknown>): void {
    try {
      simulation.run(step);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      story.refused(`${method} ${path}: ${error.status.code} ${error.status.message}`);
    }
  }

  function calm(): void {
    let quiet = 0;
    for (let second = 0; quiet < CALM_SECONDS; second += 1) {
      if (second > PATIENCE_SECONDS) throw new Error(`${scenario.title}: does not come to rest`);
      const before = changes;
      simulation.advance(SECOND);
      quiet = changes === before ? quiet + 1 : 0;
    }
    story.calm();
  }
}

function namespaceOf({ namespaced }: ResourceType): string | undefined {
  return namespaced ? NAMESPACE : undefined;
}

function startScheduler(simulation: Simulation, sys: Sys, client: ApiClient): void {
  const log = { info: () => {}, warning: () => {}, error: (error: unknown) => simulation.log.push(String(error)) };
  const context = createScheduler(sys, client, log);
  sys.thread(() => runScheduler(context));
}

function listen(sys: Sys, client: ApiClient, hears: (type: string, object: KubeObject) => void): void {
  const informers = new InformerFactory(sys, client);
  for (const type of [...WATCHED, EVENTS])
    informers.informer(type, { namespace: NAMESPACE }).addHandlers({
      added: (object) => hears('ADDED', withKind(object, type.kind)),
      updated: (_, object) => hears('MODIFIED', withKind(object, type.kind)),
      deleted: (object) => hears('DELETED', withKind(object, type.kind)),
    });
  informers.start();
}

function withKind(object: KubeObject, kind: string): KubeObject {
  return object.kind ? object : { ...object, kind };
}
