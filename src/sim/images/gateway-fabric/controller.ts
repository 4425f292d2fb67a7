import type { KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Namespace, Secret } from '../../api/types/config.js';
import type { EndpointSlice } from '../../api/types/endpoints.js';
import type { Service } from '../../api/types/service.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { createClient } from '../../client/create-client.js';
import { errorText, isUnreachable } from '../../client/go-errors.js';
import { inClusterConfig } from '../../client/in-cluster.js';
import type { Informer } from '../../client/informer.js';
import { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import { connectTransport } from '../../client/transport.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Message } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import type { AgentAnswer, AgentQuestion } from './agent.js';
import { buildGraph } from './build-graph.js';
import { generateCerts } from './certs.js';
import type { GatewayState, GatewayView, Graph } from './graph.js';
import { configFiles } from './http-conf.js';
import { type ProvisionParts, resourceName } from './provision.js';
import { Provisioner } from './provisioner.js';
import { writeStatuses } from './statuses.js';
import { GATEWAY_RESOURCES, type Gateway, type GatewayClass, type HttpRoute, type ReferenceGrant } from './types.js';

/** Changes that come together are handled together. */
const BATCH_SPAN = 200 * MILLISECOND;

/**
 * NGINX Gateway Fabric's control plane: runs an nginx for each gateway of its class, tells its agent what to be configured
 * with, and says of every object what became of it. With `generate-certs` it makes the certificates both go by.
 */
export const gatewayController: Program = function* gatewayController(sys) {
  const [command = '', ...words] = sys.args.slice(1);
  const flags = new Map(
    words.map((word) => [word.replace(/^--/, '').split('=')[0] ?? '', word.split('=').slice(1).join('=')]),
  );
  const flag = (name: string) => flags.get(name) ?? '';
  const client = createClient(connectTransport(sys, inClusterConfig(sys)), {
    userAgent: 'nginx-gateway/v2.3.0 (linux/amd64)',
  });
  const namespace = sys.environment.get('POD_NAMESPACE') ?? 'nginx-gateway';
  if (command === 'generate-certs') return yield* generateCerts(sys, client, namespace, flag);
  if (command !== 'controller') {
    yield* sys.write(
      2,
      `Error: unknown command ${JSON.stringify(command)} for "gateway"\nRun 'gateway --help' for usage.\n`,
    );
    return 1;
  }
  return yield* new ControlPlane(sys, client, namespace, flag).run();
};

class ControlPlane {
  private readonly informers: InformerFactory;
  private readonly dirty = new WaitQueue();
  private wanted = true;
  private readonly files = new Map<string, { answer: AgentAnswer; text: string }>();
  private readonly published = new WaitQueue();
  private readonly failures = new Map<string, string>();
  private readonly classes: Informer<GatewayClass>;
  private readonly gateways: Informer<Gateway>;
  private readonly httpRoutes: Informer<HttpRoute>;
  private readonly grpcRoutes: Informer<HttpRoute>;
  private readonly grants: Informer<ReferenceGrant>;
  private readonly namespaces: Informer<Namespace>;
  private readonly secrets: Informer<Secret>;
  private readonly services: Informer<Service>;
  private readonly slices: Informer<EndpointSlice>;
  private readonly parts: ProvisionParts;
  private readonly provisioner: Provisioner;
  private readonly controllerName: string;

  constructor(
    private readonly sys: Sys,
    private readonly client: ApiClient,
    namespace: string,
    flag: (name: string) => string,
  ) {
    this.informers = new InformerFactory(sys, client, ({ kind }, _, error) => {
      const why = error instanceof StatusError ? error.message : errorText(error);
      this.log(
        'error',
        'controller-runtime.cache.UnhandledError',
        'Failed to watch',
        `failed to list *v1.${kind}: ${why}`,
      );
    });
    const watch = <T extends KubeObject>(type: ResourceType) => this.informers.informer<T>(type);
    this.classes = watch<GatewayClass>(GATEWAY_RESOURCES.classes);
    this.gateways = watch<Gateway>(GATEWAY_RESOURCES.gateways);
    this.httpRoutes = watch<HttpRoute>(GATEWAY_RESOURCES.httpRoutes);
    this.grpcRoutes = watch<HttpRoute>(GATEWAY_RESOURCES.grpcRoutes);
    this.grants = watch<ReferenceGrant>(GATEWAY_RESOURCES.grants);
    this.namespaces = watch<Namespace>(RESOURCES.namespaces);
    this.secrets = watch<Secret>(RESOURCES.secrets);
    this.services = watch<Service>(RESOURCES.services);
    this.slices = watch<EndpointSlice>(RESOURCES.endpointSlices);
    this.slices.addIndex('service', ({ metadata }) => {
      const service = metadata.labels?.['kubernetes.io/service-name'];
      return service === undefined ? [] : [`${metadata.namespace}/${service}`];
    });
    this.controllerName = flag('gateway-ctlr-name');
    const tag = (sys.environment.get('IMAGE_NAME') ?? '').split(':')[1] ?? '2.3.0';
    this.parts = { className: flag('gatewayclass'), namespace, service: flag('service'), tag };
    const agentSecret = () => this.secrets.get(namespace, flag('agent-tls-secret'));
    this.provisioner = new Provisioner(client, this.informers, this.parts, agentSecret);
  }

  *run(): Waiting<number> {
    this.log('info', 'main', 'Starting the NGINX Gateway Fabric control plane');
    this.informers.start();
    yield* this.informers.waitForCaches();
    for (const informer of [
      this.classes,
      this.gateways,
      this.httpRoutes,
      this.grpcRoutes,
      this.grants,
      this.namespaces,
      this.secrets,
      this.services,
      this.slices,
      ...this.provisioner.informers,
    ])
      (informer as Informer).addHandlers({
        added: () => this.enqueue(),
        updated: () => this.enqueue(),
        deleted: () => this.enqueue(),
      });
    this.serve();
    this.sys.thread(() => this.work());
    yield* untilSignal(this.sys, ['INT', 'TERM']);
    return 0;
  }

  private log(level: string, logger: string, msg: string, error?: string): void {
    const line = { level, ts: formatTime(this.sys.now()), logger, msg, ...(error === undefined ? {} : { error }) };
    this.sys.openFile(2).tryWrite(encodeText(`${JSON.stringify(line)}\n`));
  }

  private enqueue(): void {
    this.wanted = true;
    this.dirty.wakeAll();
  }

  private *work(): Waiting<void> {
    for (;;) {
      while (!this.wanted) yield this.dirty;
      yield* this.sys.sleep(BATCH_SPAN);
      this.wanted = false;
      try {
        yield* this.sync();
      } catch (error) {
        if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
        this.log('error', 'eventHandler', 'Failed to handle a batch of events', error.message);
        yield* this.sys.sleep(SECOND);
        this.enqueue();
      }
    }
  }

  private *sync(): Waiting<void> {
    const graph = buildGraph(this.view(), { controllerName: this.controllerName, className: this.parts.className });
    for (const state of graph.gateways) {
      if (state.valid) yield* this.provisioner.provide(state.gateway);
      this.publish(graph, state);
    }
    yield* this.forget(graph);
    yield* writeStatuses(this.client, graph, this.httpRoutes.list(), this.grpcRoutes.list(), {
      controllerName: this.controllerName,
      now: () => this.sys.now(),
      service: ({ gateway }) =>
        this.services.get(gateway.metadata.namespace, resourceName(gateway, this.parts.className)),
      failure: ({ gateway }) => this.failures.get(this.ownerOf(gateway)),
    });
  }

  private view(): GatewayView {
    return {
      classes: this.classes.list(),
      gateways: this.gateways.list(),
      httpRoutes: this.httpRoutes.list(),
      grpcRoutes: this.grpcRoutes.list(),
      grants: this.grants.list(),
      namespace: (name) => this.namespaces.get(undefined, name),
      secret: (namespace, name) => this.secrets.get(namespace, name),
      service: (namespace, name) => this.services.get(namespace, name),
      slices: (namespace, service) => this.slices.byIndex('service', `${namespace}/${service}`),
    };
  }

  private ownerOf(gateway: Gateway): string {
    return `${gateway.metadata.namespace}_${resourceName(gateway, this.parts.className)}`;
  }

  /** Has another configuration ready for the agents of a gateway, when it is another. */
  private publish(graph: Graph, { gateway }: GatewayState): void {
    const owner = this.ownerOf(gateway);
    const files = configFiles(graph, gateway, (namespace, name) => {
      const data = this.secrets.get(namespace, name)?.data ?? {};
      return ['tls.crt', 'tls.key']
        .map(
          (field) =>
            `${Buffer.from(data[field] ?? '', 'base64')
              .toString('utf8')
              .trimEnd()}\n`,
        )
        .join('');
    });
    const text = JSON.stringify(files);
    const before = this.files.get(owner);
    if (before?.text === text) return;
    this.files.set(owner, { answer: { version: (before?.answer.version ?? 0) + 1, files }, text });
    this.log('info', 'eventHandler', 'NGINX configuration was successfully updated');
    this.published.wakeAll();
  }

  /** What belonged to a gateway that is gone goes with it: its own objects by their owner, its configuration here. */
  private *forget({ gateways }: Graph): Waiting<void> {
    const owners = new Set(gateways.map(({ gateway }) => this.ownerOf(gateway)));
    for (const owner of [...this.files.keys()]) {
      if (owners.has(owner)) continue;
      this.files.delete(owner);
      const [namespace = '', name = ''] = owner.split('_');
      yield* this.provisioner.remove(namespace, name);
    }
  }

  /** The ports for agents and for kubelets. */
  private serve(): void {
    const { sys } = this;
    const read = (file: string) => decodeText(sys.readFile(`/var/run/secrets/ngf/${file}`));
    sys.listen({
      port: 8443,
      application: 'http',
      tls: { certificate: () => read('tls.crt'), key: () => read('tls.key') },
      handler: (message) => this.answerAgent(message),
    });
    sys.listen({
      port: 8081,
      application: 'http',
      handler: function* health(): Waiting<Message> {
        return { kind: 'http-response', status: 200, headers: {} };
      },
    });
  }

  /** An agent waits here until there is a configuration that it has not. */
  private *answerAgent(message: Message): Waiting<Message> {
    if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
    const { owner, version, error } = JSON.parse(decodeText(message.body ?? new Uint8Array())) as AgentQuestion;
    if (version > 0 && this.failures.get(owner) !== error) {
      if (error === undefined) this.failures.delete(owner);
      else this.failures.set(owner, error);
      this.enqueue();
    }
    for (;;) {
      const known = this.files.get(owner);
      if (known && known.answer.version !== version)
        return { kind: 'http-response', status: 200, headers: {}, body: encodeText(JSON.stringify(known.answer)) };
      yield this.published;
    }
  }
}
