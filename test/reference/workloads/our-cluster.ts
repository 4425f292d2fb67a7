import type { KubeObject } from '../../../src/sim/api/object.js';
import { StatusError } from '../../../src/sim/api/status.js';
import { formatTime } from '../../../src/sim/api/time.js';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { prepareCluster } from '../../../src/sim/apiserver/start/prepare-cluster.js';
import type { ApiClient, ResourceType } from '../../../src/sim/client/client.js';
import { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { CONTROLLERS } from '../../../src/sim/controllers/index.js';
import { DEFAULT_OPTIONS } from '../../../src/sim/controllers/machinery/options.js';
import type { Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';
import { createScheduler, runScheduler } from '../../../src/sim/scheduler/scheduler.js';
import { bareSimulation, type Simulation, startControllers } from '../../sim/controllers/simulation.js';
import type { Measuring } from './measured.js';
import { playKubelets } from './our-kubelets.js';
import { withMetrics } from './our-metrics.js';
import { EVENTS, NODES, pathOf, resourceNamed, resourceOf, watchedBy } from './resources.js';
import { isOf, type Measured, type Scenario, type Step, scoped } from './scenario.js';
import { Story, type Told } from './story.js';

const NAMESPACE = 'ours';
const CALM_SECONDS = 4;
const PATIENCE_SECONDS = 600;
/** As the real controller manager is started (real-cluster.ts). */
const OPTIONS = {
  nodeMonitorGracePeriod: 40 * SECOND,
  autoscaling: { ...DEFAULT_OPTIONS.autoscaling, downscaleStabilization: 20 * SECOND },
};

/** Plays a scenario on our API server, controllers and scheduler, in virtual time. */
export function playOurs(scenario: Scenario): Told {
  const simulation = bareSimulation({ admission: admissionChain() });
  simulation.run(prepareCluster(simulation.parts));
  const story = new Story(scenario, NAMESPACE);
  let changes = 0;
  const hears = (type: string, object: KubeObject): void => {
    changes += 1;
    story.hears(type, object);
  };
  let measured: Measured = {};
  const measuring = (): Measuring => ({
    measured,
    nameOf: (actual) => story.canonical(actual),
    now: formatTime(simulation.now()),
  });
  simulation.start((sys, client) => {
    const names = CONTROLLERS.map(({ name }) => name);
    const asked = scenario.metrics ? withMetrics(client, measuring) : client;
    startControllers(simulation, sys, asked, names, OPTIONS);
  });
  simulation.start((sys, client) => startScheduler(simulation, sys, client));
  simulation.start((sys, client) => playKubelets(sys, client));
  for (const node of scenario.nodes) simulation.create(NODES, node);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } };
  simulation.create(resourceNamed('namespaces'), namespace);
  simulation.advance(SECOND);
  simulation.start((sys, client) => listen(sys, client, scenario, hears));
  simulation.advance(SECOND);
  for (const step of scoped(scenario.steps, NAMESPACE)) play(step);
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
      case 'measure':
        measured = step.measured;
        return;
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
  // The real scheduler knows volumes from the start, ours from the first pod on that has a claim.
  sys.thread(() => context.storage.ready());
}

function listen(
  sys: Sys,
  client: ApiClient,
  scenario: Scenario,
  hears: (type: string, object: KubeObject) => void,
): void {
  const informers = new InformerFactory(sys, client);
  for (const type of [...watchedBy(scenario.also), EVENTS]) {
    const hear = (what: string, object: KubeObject): void => {
      const named = withKind(object, type.kind);
      if (isOf(named, NAMESPACE, scenario.nodes)) hears(what, named);
    };
    const namespaces = type === EVENTS ? [NAMESPACE, 'default'] : type.namespaced ? [NAMESPACE] : [undefined];
    for (const namespace of namespaces)
      informers.informer(type, namespace ? { namespace } : {}).addHandlers({
        added: (object) => hear('ADDED', object),
        updated: (_, object) => hear('MODIFIED', object),
        deleted: (object) => hear('DELETED', object),
      });
  }
  informers.start();
}

function withKind(object: KubeObject, kind: string): KubeObject {
  return object.kind ? object : { ...object, kind };
}
