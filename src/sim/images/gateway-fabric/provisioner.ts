import type { KubeObject } from '../../api/object.js';
import { isAlreadyExists, isNotFound } from '../../api/status.js';
import type { Secret } from '../../api/types/config.js';
import type { Service } from '../../api/types/service.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import type { Informer } from '../../client/informer.js';
import type { InformerFactory } from '../../client/informer-factory.js';
import { RESOURCES } from '../../client/resource-types.js';
import type { Waiting } from '../../kernel/wait.js';
import { agentSecretName, gatewayObjects, MANAGED_BY, type ProvisionParts } from './provision.js';
import type { Gateway } from './types.js';

/** What a gateway is run with, by kind: its type, and what stands behind the gateway's name. */
const KINDS: Readonly<Record<string, { readonly type: ResourceType; readonly suffix: string }>> = {
  ConfigMap: { type: RESOURCES.configMaps, suffix: '-agent-config' },
  ServiceAccount: {
    type: { group: '', version: 'v1', resource: 'serviceaccounts', kind: 'ServiceAccount', namespaced: true },
    suffix: '',
  },
  Service: { type: RESOURCES.services, suffix: '' },
  Deployment: {
    type: { group: 'apps', version: 'v1', resource: 'deployments', kind: 'Deployment', namespaced: true },
    suffix: '',
  },
  Secret: { type: RESOURCES.secrets, suffix: '-agent-tls' },
};

/** Keeps what gateways are run with; what somebody takes away is made again (NGF: internal/controller/provisioner). */
export class Provisioner {
  private readonly made: ReadonlyMap<string, Informer>;

  constructor(
    private readonly client: ApiClient,
    factory: InformerFactory,
    private readonly parts: ProvisionParts,
    private readonly agentSecret: () => Secret | undefined,
  ) {
    const scope = { labelSelector: `app.kubernetes.io/managed-by=${MANAGED_BY}` };
    this.made = new Map(Object.entries(KINDS).map(([kind, { type }]) => [kind, factory.informer(type, scope)]));
  }

  /** What is watched of all that was made; whoever provides is to look again when any of it changes. */
  get informers(): readonly Informer[] {
    return [...this.made.values()];
  }

  /** Makes what is missing of what a gateway is run with, and mends its Service's ports. Throws `StatusError`. */
  *provide(gateway: Gateway): Waiting<void> {
    for (const object of this.wanted(gateway)) {
      const known = this.made.get(object.kind)?.get(object.metadata.namespace, object.metadata.name as string);
      if (known === undefined) yield* this.create(object);
      else if (object.kind === 'Service') yield* this.mendPorts(known as Service, object as Service);
    }
  }

  /** Takes away what the gateway of this name (`resourceName`) was run with. Throws `StatusError`. */
  *remove(namespace: string, name: string): Waiting<void> {
    for (const { type, suffix } of Object.values(KINDS)) {
      try {
        yield* this.client.delete(type, `${name}${suffix}`, namespace);
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
  }

  /** The agents' certificates are copied beside the gateway, before what mounts them. */
  private wanted(gateway: Gateway): KubeObject[] {
    const objects = gatewayObjects(gateway, this.parts);
    const secret = this.agentSecret();
    if (!secret) return objects;
    const name = agentSecretName(gateway, this.parts.className);
    const metadata = { ...objects[0]?.metadata, name };
    return [
      { apiVersion: 'v1', kind: 'Secret', metadata, type: secret.type, data: secret.data } as KubeObject,
      ...objects,
    ];
  }

  private *create(object: KubeObject): Waiting<void> {
    try {
      yield* this.client.create(KINDS[object.kind]?.type as ResourceType, object);
    } catch (error) {
      if (!isAlreadyExists(error)) throw error;
    }
  }

  private *mendPorts(known: Service, wanted: Service): Waiting<void> {
    const numbers = ({ spec }: Service) => (spec.ports ?? []).map(({ port }) => port).join();
    if (numbers(known) === numbers(wanted)) return;
    const ports = (wanted.spec.ports ?? []).map(
      (port) => known.spec.ports?.find((one) => one.port === port.port) ?? port,
    );
    yield* this.client.update(RESOURCES.services, { ...known, spec: { ...known.spec, ports } });
  }
}
