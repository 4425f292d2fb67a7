import { podFieldValue, resourceFieldValue } from '../api/pod-fields.js';
import { parseQuantity, quantityValue } from '../api/quantity.js';
import type { Node } from '../api/types/node.js';
import type { Pod } from '../api/types/pod.js';
import type { Service } from '../api/types/service.js';
import type { PersistentVolume, PersistentVolumeClaim } from '../api/types/storage.js';
import type { ApiClient } from '../client/client.js';
import { type CriClient, CriError, criClient } from '../client/cri-client.js';
import { EventBroadcaster } from '../client/event-recorder.js';
import { InformerFactory } from '../client/informer-factory.js';
import { RESOURCES } from '../client/resource-types.js';
import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Program, Sys } from '../kernel/sys.js';
import { MILLISECOND, SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { WaitQueue } from '../kernel/wait.js';
import { admit } from './admission/admission.js';
import { sysctlGate } from './admission/sysctls.js';
import { ConfigurationError, loadConfiguration } from './config/configuration.js';
import { type KubeletFlags, parseFlags, withFlags } from './config/flags.js';
import { configurationProblem } from './config/validate.js';
import type { KubeletContext } from './context.js';
import { finishResize } from './csi/claim-resize.js';
import { NodeAttachments } from './csi/node-attachments.js';
import { CsiPlugins } from './csi/plugins.js';
import { createEviction, type EvictablePods, watchSystemOom } from './eviction/start-eviction.js';
import { kubeletLog } from './log.js';
import { KUBELET_VERSION, nodeResources } from './node/facts.js';
import { NodeAgent } from './node/node-agent.js';
import { ObjectCache } from './objects.js';
import { ContainerConfigError } from './pods/environment.js';
import { collectGarbage } from './pods/garbage.js';
import { ImageCollector } from './pods/image-garbage.js';
import { ImagePuller } from './pods/image-pull.js';
import { rotateLogs } from './pods/log-rotation.js';
import { PodManager } from './pods/pod-manager.js';
import { checkResolvConf } from './pods/resolv-conf.js';
import { serviceEnvironment } from './pods/service-environment.js';
import type { StartParts } from './pods/start-container.js';
import { isStaticPod } from './pods/static-annotations.js';
import { StaticSource } from './pods/static-source.js';
import { createGuard, type Guard } from './server/auth/guard.js';
import { ListenError, serveKubelet } from './server/server.js';
import { NodeShutdown } from './shutdown/node-shutdown.js';
import { StatusManager } from './status/status-manager.js';
import type { KubeletTiming } from './timing.js';
import { podToken } from './token.js';
import type { VolumeFactory, VolumeSources } from './volume-port.js';

/** How soon what became of containers is seen: a moment after it. */
const RELIST = 5 * MILLISECOND;

/** What a kubelet is built with; filled in where the parts are put together. */
export interface KubeletParts {
  readonly timing: KubeletTiming;
  readonly volumes: VolumeFactory;
  /** A client as a kubeconfig file says. Throws an Error with client-go's words. */
  connect(sys: Sys, kubeconfig: string): ApiClient;
}

/** kubelet: runs the node's pods. Ends with status 1 when it cannot start; systemd starts it again. */
export function createKubelet(parts: KubeletParts): Program {
  return function* kubelet(sys) {
    const log = kubeletLog(sys);
    const flags = parseFlags(sys.args.slice(1));
    const fail = (error: string): number => {
      log.error('run.go:72', error, 'command failed');
      return 1;
    };
    if ('error' in flags) return fail(flags.error);
    if (flags.version) {
      yield* sys.write(1, `Kubernetes ${KUBELET_VERSION}\n`);
      return 0;
    }
    let start: () => Waiting<void>;
    try {
      start = prepare(parts, sys, flags);
    } catch (error) {
      if (!(error instanceof Error) || isErrno(error)) throw error;
      return fail(error.message);
    }
    sys.onSignal('TERM', 'catch');
    try {
      yield* start();
    } catch (error) {
      // Containers go on; the next kubelet finds them.
      if (isErrno(error, 'EINTR')) return 0;
      if (error instanceof ConfigurationError) return fail(error.message);
      if (!(error instanceof ListenError)) throw error;
      log.error('server.go:283', error.message, 'Failed to listen and serve');
      return 1;
    }
    return 0;
  };
}

/** Reads all that kubelet is told and builds its parts. Throws an Error with what it dies of. */
function prepare(parts: KubeletParts, sys: Sys, flags: KubeletFlags): () => Waiting<void> {
  const log = kubeletLog(sys);
  if (flags.config === undefined)
    throw new ConfigurationError('failed to load kubelet config file, path: , error: no config file given');
  const config = withFlags(loadConfiguration(sys, flags.config), flags);
  const problem = configurationProblem(config.given);
  if (problem !== undefined) throw new ConfigurationError(problem);
  log.info('server.go:530', 'Kubelet version', { kubeletVersion: KUBELET_VERSION });
  checkClientAuthorities(sys, config.clientCAFile);
  const client = parts.connect(sys, kubeconfigOf(sys, flags));
  const nodeName = flags.hostnameOverride?.toLowerCase() ?? sys.hostname().toLowerCase();
  const nodeAddresses = flags.nodeIp?.split(',') ?? [sys.network().addresses()[0] ?? '127.0.0.1'];
  const [nodeAddress = '127.0.0.1'] = nodeAddresses;
  const recorder = new EventBroadcaster(sys, client).recorder({ component: 'kubelet', host: nodeName });
  const cri = criClient(sys, config.runtimeEndpoint.replace(/^unix:\/\//, '').replace(/^\/var\/run\//, '/run/'));
  const resources = nodeResources(sys, config);
  let manager: PodManager | undefined;
  const objects = new ObjectCache(sys, client, () => volumesChanged());
  const attachments = new NodeAttachments(sys, client, nodeName, (uid) => manager?.worker(uid)?.poke());
  const volumeSources: VolumeSources = {
    sys,
    configMap: (namespace, name) => objects.configMap(namespace, name),
    secret: (namespace, name) => objects.secret(namespace, name),
    token: (pod, audience, seconds) => podToken(sys, client, pod, audience, seconds),
    claim: (namespace, name) => client.get<PersistentVolumeClaim>(RESOURCES.persistentVolumeClaims, name, namespace),
    persistentVolume: (name) => client.get<PersistentVolume>(RESOURCES.persistentVolumes, name),
    csiEndpoint: (driver) => plugins.endpoint(driver),
    attached: (pod, csi) => attachments.ask(pod.metadata.uid ?? '', csi),
    resized: (pod, what) => finishResize(client, recorder, nodeName, pod, what),
    node: () => agent.node,
    field: (pod, path) =>
      podFieldValue(pod, path, {
        podIPs: pod.spec.hostNetwork ? nodeAddresses : (manager?.worker(pod.metadata.uid ?? '')?.state.podIPs ?? []),
        hostIPs: nodeAddresses,
      }),
    allocatableMemory: () => quantityValue(parseQuantity(resources.allocatable['memory'] ?? '0')),
    resourceField: (pod, reference) => resourceFieldValue(reference, pod, undefined, resources.allocatable),
  };
  const context: KubeletContext = {
    sys,
    client,
    cri,
    log,
    config,
    timing: parts.timing,
    recorder,
    objects,
    volumes: parts.volumes(volumeSources),
    attachments,
    nodeName,
    nodeAddress,
    nodeAddresses,
    allocatable: () => resources.allocatable,
    capacity: () => resources.capacity,
    networkError: () => agent.networkProblem ?? agent.runtimeProblem,
  };
  const plugins = new CsiPlugins(context);
  const agent = new NodeAgent(context, flags, () => manager?.pokeAll());
  const volumesChanged = delayed(sys, parts.timing, () => manager?.pokeAll());
  const guard = guardOf(context);
  return function* () {
    yield* checkRuntime(cri, config.runtimeEndpoint);
    sys.thread(() => plugins.work());
    yield* run(context, agent, guard, (created) => {
      manager = created;
    });
  };
}

/** A kubelet that finds nobody behind its runtime's socket ends; one that loses it later goes on (cri-client v0.36). */
function* checkRuntime(cri: CriClient, endpoint: string): Waiting<void> {
  try {
    yield* cri.call('Version', {});
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    throw new ConfigurationError(
      `failed to run Kubelet: validate service connection: validate CRI v1 runtime API for endpoint "${endpoint}": ${error.grpc}`,
    );
  }
}

/** Throws an Error for a way of letting people in that there is none of. */
function guardOf(context: KubeletContext): Guard {
  try {
    return createGuard(context);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ConfigurationError(`failed to run Kubelet: ${error.message}`);
  }
}

/** kubelet reads who may ask it things before anything else, and dies without (k8s.io/apiserver dynamiccertificates). */
function checkClientAuthorities(sys: Sys, path: string | undefined): void {
  if (path === undefined || path === '') return;
  try {
    if (/-----BEGIN CERTIFICATE-----/.test(decodeText(sys.readFile(path)))) return;
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new ConfigurationError(
      `failed to construct kubelet dependencies: unable to load client CA file ${path}: open ${path}: ${error.message.toLowerCase()}`,
    );
  }
  throw new ConfigurationError(
    `failed to construct kubelet dependencies: unable to load client CA file ${path}: data does not contain any valid RSA or ECDSA certificates`,
  );
}

function kubeconfigOf(sys: Sys, { kubeconfig, bootstrapKubeconfig }: KubeletFlags): string {
  const path = kubeconfig ?? '';
  try {
    sys.stat(path);
    return path;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (bootstrapKubeconfig === undefined)
      throw new ConfigurationError(`failed to run Kubelet: stat ${path}: no such file or directory`);
  }
  try {
    sys.stat(bootstrapKubeconfig);
    return bootstrapKubeconfig;
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new ConfigurationError(
      `failed to run Kubelet: unable to load bootstrap kubeconfig: stat ${bootstrapKubeconfig}: no such file or directory`,
    );
  }
}

/** Calls an action some time after it was asked for, once for all who ask meanwhile. */
function delayed(sys: Sys, timing: KubeletTiming, action: () => void): () => void {
  const random = sys.random().fork('volumes');
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    sys.thread(function* () {
      yield* sys.sleep(Math.max(1, random.below(timing.volumeRefresh)));
      waiting = false;
      action();
    });
  };
}

function* run(
  context: KubeletContext,
  agent: NodeAgent,
  guard: Guard,
  created: (manager: PodManager) => void,
): Waiting<void> {
  const { sys, client, log, nodeName } = context;
  const evictable: EvictablePods = {
    list: () => manager.list(),
    evict: (pod, grace, ending) => manager.evict(pod, grace, { phase: 'Failed', ...ending }),
    isGone: ({ metadata }) => manager.worker(metadata.uid ?? '') === undefined,
  };
  const eviction = createEviction(context, evictable);
  watchSystemOom(context);
  const shutdown = new NodeShutdown(context, evictable, () => agent.report());
  agent.shutdownProblem = () => shutdown.problem;
  const images = new ImageCollector(context);
  const informers = new InformerFactory(sys, client, (type, step, error) =>
    log.error('reflector.go:205', error instanceof Error ? error.message : String(error), `Failed to ${step}`, {
      type: `*v1.${type.kind}`,
    }),
  );
  const pods = informers.informer<Pod>(RESOURCES.pods, { fieldSelector: `spec.nodeName=${nodeName}` });
  const services = informers.informer<Service>(RESOURCES.services);
  const nodes = informers.informer<Node>(RESOURCES.nodes, { fieldSelector: `metadata.name=${nodeName}` });
  nodes.addHandlers({ updated: (_, node) => context.attachments.heard(node) });
  agent.watched = () => nodes.get(undefined, nodeName);
  const parts: StartParts = {
    context,
    puller: new ImagePuller(context),
    services(pod) {
      if (!services.synced && !isStaticPod(pod))
        throw new ContainerConfigError('services have not yet been read at least once, cannot construct envvars');
      return serviceEnvironment(services.list(), pod.metadata.namespace ?? '', pod.spec.enableServiceLinks !== false);
    },
  };
  const targets: { find(uid: string): Pod | undefined } = { find: (uid) => manager.target(uid) };
  const statuses = new StatusManager(sys, client, log, context.timing, targets);
  const gates = [
    (comer: Pod) => eviction.refusal(comer),
    sysctlGate(context.config.allowedUnsafeSysctls),
    () => shutdown.refusal(),
  ];
  const manager: PodManager = new PodManager(parts, pods, statuses, () => agent.node?.metadata.uid, {
    judge: (pod, others) => admit(pod, agent.known(), others, gates),
    freshen: () => agent.freshen(),
  });
  agent.isUnder = (condition) => eviction.isUnder(condition);
  created(manager);
  serveKubelet(context, manager, guard);
  log.info('server.go:1355', 'Started kubelet');
  const source = new StaticSource(context, (found) => manager.setStatic(found));
  const threads: (() => Waiting<void>)[] = [
    () => agent.workRuntime(),
    () => source.work(),
    () => agent.workStatus(),
    () => agent.workLease(),
    () => statuses.work(),
    () => manager.workMirrors(),
    () => followContainers(context, manager),
    () => sweepOnce(context, informers, manager),
    () => collectGarbage(context),
    () => untilRuntime(context, () => eviction.work()),
    () => untilRuntime(context, () => images.work()),
    () => shutdown.work(),
    () => untilRuntime(context, () => rotateLogs(context)),
  ];
  for (const thread of threads) sys.thread(thread);
  checkResolvConf(context);
  informers.start();
  const never = new WaitQueue();
  for (;;) yield never;
}

/** Once the API has told which pods belong here, whatever else runs is ended. */
function* sweepOnce(context: KubeletContext, informers: InformerFactory, manager: PodManager): Waiting<void> {
  yield* informers.waitForCaches();
  yield* context.sys.sleep(2 * SECOND);
  yield* untilRuntime(context, () => manager.removeOrphans());
}

/** Hears of containers that start and end, and lets their pods' workers look. */
function* followContainers(context: KubeletContext, manager: PodManager): Waiting<void> {
  const relist = together(context.sys, (uid) => manager.worker(uid)?.poke());
  for (;;) {
    const { events } = yield* untilRuntime(context, () => context.cri.call('GetContainerEvents', {}));
    manager.pokeAll();
    for (;;) {
      const event = yield* events.receive();
      if (event === 'end') break;
      // That a container was removed changes nothing of its pod (isSyncPodWorthy).
      if (event.type !== 'DELETED') relist(event.podUid);
    }
  }
}

/** Gathers what is heard of pods in a moment, so that each looks at its containers once for all of it. */
function together(sys: Sys, look: (uid: string) => void): (uid: string) => void {
  const heard = new Set<string>();
  return (uid) => {
    heard.add(uid);
    if (heard.size > 1) return;
    sys.thread(function* () {
      yield* sys.sleep(RELIST);
      const uids = [...heard];
      heard.clear();
      for (const each of uids) look(each);
    });
  };
}

function* untilRuntime<T>({ sys }: KubeletContext, step: () => Waiting<T>): Waiting<T> {
  for (;;) {
    try {
      return yield* step();
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'CriError') throw error;
      yield* sys.sleep(SECOND);
    }
  }
}
