import type { JsonObject, KubeObject } from '../../../src/sim/api/object.js';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import type { ResourceType } from '../../../src/sim/client/client.js';
import { createClient } from '../../../src/sim/client/create-client.js';
import { InformerFactory } from '../../../src/sim/client/informer-factory.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { httpd } from '../../../src/sim/programs/httpd.js';
import { testNode } from '../../sim/kubelet/node.js';
import { EVENTS, pathOf, resourceOf, WATCHED } from '../workloads/resources.js';
import { heard } from './heard-calls.js';
import type { Scenario, Step } from './scenario.js';
import { Story, type Told } from './story.js';

const NAMESPACE = 'ours';
const PODS = WATCHED.find(({ resource }) => resource === 'pods') as ResourceType;
const PEER = { address: { address: '172.30.1.4', port: 1 } };
/** Until the node is there and has its image. */
const WARM_SECONDS = 10;

/** Plays a scenario on our kubelet and runtime, in virtual time. */
export function playOurs(scenario: Scenario): Told {
  const story = new Story(NAMESPACE);
  let began = 0;
  const seconds = (): number => (node.kernel.now() - began) / SECOND;
  const node = testNode({
    programs: { httpd: httpd.run },
    server: { admission: admissionChain() },
    runtime: (runtime) =>
      heard(runtime, (namespace, pod, what) => {
        if (namespace === NAMESPACE) story.called(seconds(), pod, what);
      }),
  });
  const request = (method: string, target: string, object?: object, type = 'application/json'): void => {
    const headers = { 'content-type': type, accept: 'application/vnd.kubedrill.object' };
    const answer = node.server.request({ method, target, headers, ...(object ? { object } : {}) });
    if (answer.status < 300) return;
    story.refused(`${method} ${target}: ${answer.status} ${(answer.object as { message?: string })?.message}`);
  };
  const inside = `/api/v1/namespaces/${NAMESPACE}`;
  node.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  for (const namespace of [NAMESPACE, 'default'])
    request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace },
    });
  warmUp();
  listen();
  began = node.kernel.now();
  node.advance(0.5);
  let now = 0;
  for (const step of scenario.steps) {
    node.advance(step.at - now);
    now = step.at;
    take(step);
  }
  node.advance(scenario.seconds - now);
  return story.tell(scenario.title);

  /** Others were on this node before. */
  function warmUp(): void {
    const containers = [{ name: 'main', image: 'busybox:1.37', command: ['true'] }];
    const spec = { nodeName: 'node01', restartPolicy: 'Never', automountServiceAccountToken: false, containers };
    node.create({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'before', namespace: 'default' }, spec });
    node.advance(WARM_SECONDS);
    node.delete('before', 0);
    node.advance(1);
  }

  function listen(): void {
    const { handler } = node.server;
    const client = createClient({ request: (asked) => handler(asked, PEER) }, { userAgent: 'watch/v1' });
    startProcess(
      node.host.kernel,
      function* watch(sys) {
        const informers = new InformerFactory(sys, client);
        for (const type of [PODS, EVENTS]) {
          const hears = (kind: string, object: KubeObject): void =>
            story.hears(seconds(), kind, object.kind ? object : { ...object, kind: type.kind });
          informers.informer(type, { namespace: NAMESPACE }).addHandlers({
            added: (object) => hears('ADDED', object),
            updated: (_, object) => hears('MODIFIED', object),
            deleted: (object) => hears('DELETED', object),
          });
        }
        informers.start();
        for (;;) yield* sys.sleep(3600 * SECOND);
      },
      ['watch'],
    );
  }

  function take(step: Step): void {
    switch (step.kind) {
      case 'give':
        for (const object of step.objects) {
          const { metadata, ...rest } = object as unknown as JsonObject & { metadata: JsonObject };
          const placed = { ...rest, metadata: { ...metadata, namespace: NAMESPACE } };
          request('POST', pathOf(resourceOf(object.kind), NAMESPACE), placed);
        }
        return;
      case 'patch':
        return request('PATCH', `${inside}/${step.of}`, step.body, `application/${step.type}+json`);
      case 'remove':
        return request('DELETE', `${inside}/${step.of}`, {
          kind: 'DeleteOptions',
          apiVersion: 'v1',
          ...step.options,
        });
      default: {
        const path = `/etc/kubernetes/manifests/${step.name}.yaml`;
        const metadata = { ...step.pod?.metadata, namespace: NAMESPACE };
        if (step.pod) node.host.files.put(path, JSON.stringify({ ...step.pod, metadata }));
        else node.host.files.unlink(path, { uid: 0, gid: 0, groups: [] });
      }
    }
  }
}
