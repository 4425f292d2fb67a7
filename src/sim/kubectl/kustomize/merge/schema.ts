import { hasSchema } from '../resource/kinds.js';

/** How one field of a type merges, and what is below it. */
interface Field {
  readonly type?: string;
  /** Keys that make two items the same; none for lists of plain words. Undefined: the list is replaced. */
  readonly keys?: readonly string[];
}

type Type = Readonly<Record<string, Field>>;

const CONDITIONS: Type = { conditions: { keys: ['type'] } };

const CONTAINER: Type = {
  env: { keys: ['name'] },
  ports: { keys: ['containerPort', 'protocol'] },
  volumeDevices: { keys: ['devicePath'] },
  volumeMounts: { keys: ['mountPath'] },
};

const { ports: _none, ...EPHEMERAL_CONTAINER } = CONTAINER;

const TEMPLATED: Type = { template: { type: 'PodTemplate' } };

/** Types by name: those with lists that merge, and the way to them (kustomize's schema of Kubernetes 1.21.2). */
const TYPES: Readonly<Record<string, Type>> = {
  CSINodeSpec: { drivers: { keys: ['name'] } },
  Conditions: CONDITIONS,
  Container: CONTAINER,
  CronJobSpec: { jobTemplate: { type: 'JobTemplate' } },
  EphemeralContainer: EPHEMERAL_CONTAINER,
  JobTemplate: { metadata: { type: 'ObjectMeta' }, spec: { type: 'Templated' } },
  NodeSpec: { podCIDRs: { keys: [] } },
  NodeStatus: { ...CONDITIONS, addresses: { keys: ['type'] } },
  ObjectMeta: { finalizers: { keys: [] }, ownerReferences: { keys: ['uid'] } },
  PodSpec: {
    containers: { type: 'Container', keys: ['name'] },
    ephemeralContainers: { type: 'EphemeralContainer', keys: ['name'] },
    hostAliases: { keys: ['ip'] },
    imagePullSecrets: { keys: ['name'] },
    initContainers: { type: 'Container', keys: ['name'] },
    topologySpreadConstraints: { keys: ['topologyKey', 'whenUnsatisfiable'] },
    volumes: { keys: ['name'] },
  },
  PodStatus: { ...CONDITIONS, podIPs: { keys: ['ip'] } },
  PodTemplate: { metadata: { type: 'ObjectMeta' }, spec: { type: 'PodSpec' } },
  ServiceSpec: { ports: { keys: ['port', 'protocol'] } },
  Templated: TEMPLATED,
};

/** Of an object's kind, beside its metadata. */
const KINDS: Readonly<Record<string, Type>> = {
  CSINode: { spec: { type: 'CSINodeSpec' } },
  CronJob: { spec: { type: 'CronJobSpec' } },
  MutatingWebhookConfiguration: { webhooks: { keys: ['name'] } },
  Node: { spec: { type: 'NodeSpec' }, status: { type: 'NodeStatus' } },
  Pod: { spec: { type: 'PodSpec' }, status: { type: 'PodStatus' } },
  PodTemplate: { template: { type: 'PodTemplate' } },
  ServiceAccount: { secrets: { keys: ['name'] } },
  Service: { spec: { type: 'ServiceSpec' }, status: { type: 'Conditions' } },
  ValidatingWebhookConfiguration: { webhooks: { keys: ['name'] } },
  ...Object.fromEntries(
    ['DaemonSet', 'Deployment', 'Job', 'ReplicaSet', 'ReplicationController', 'StatefulSet'].map((kind) => [
      kind,
      { spec: { type: 'Templated' }, status: { type: 'Conditions' } },
    ]),
  ),
};

/** What merging knows of a node's type. */
export interface MergeSchema {
  readonly fields: Type;
  readonly keys: readonly string[] | undefined;
}

/** Of a whole object; undefined for kinds kustomize has no schema for. */
export function schemaOfKind(apiVersion: string, kind: string): MergeSchema | undefined {
  if (!hasSchema(apiVersion, kind)) return undefined;
  return { fields: { ...KINDS[kind], metadata: { type: 'ObjectMeta' } }, keys: undefined };
}

/** Of a field. */
export function schemaOfField(schema: MergeSchema | undefined, name: string): MergeSchema | undefined {
  const field = schema?.fields[name];
  if (field === undefined) return undefined;
  return { fields: field.type === undefined ? {} : (TYPES[field.type] ?? {}), keys: field.keys };
}

/** Of the items of a list. */
export function schemaOfItems(schema: MergeSchema | undefined): MergeSchema | undefined {
  return schema === undefined ? undefined : { fields: schema.fields, keys: undefined };
}
