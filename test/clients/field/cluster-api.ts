import { Agent, request } from 'node:https';
import { setTimeout as after } from 'node:timers/promises';
import { load, loadAll } from 'js-yaml';

/** Seconds that a namespace may take to go: pods have half a minute to end. */
const REMOVAL_TRIES_MAX = 120;

/** How a cluster is reached, as its kubeconfig says. */
export interface ClusterAccess {
  readonly server: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly token?: string;
}

interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

interface Resource {
  readonly path: string;
  readonly namespaced: boolean;
}

interface ResourceList {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** One request to a cluster as its administrator, and a moment in which it may go on. */
export interface Connection {
  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  pause(milliseconds: number): Promise<void>;
  close(): void;
}

/** The way to a cluster's API beside kubectl: what scenes are given and how what they changed is looked at. */
export class ClusterApi {
  readonly #connection: Connection;
  readonly #lists = new Map<string, Promise<ResourceList>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async pause(milliseconds: number): Promise<void> {
    await this.#connection.pause(milliseconds);
  }

  async makeNamespace(name: string): Promise<void> {
    await this.#create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, name);
  }

  /** Deletes a namespace and waits until nothing of it is left. */
  async removeNamespace(name: string): Promise<void> {
    await this.#connection.ask('DELETE', `/api/v1/namespaces/${name}`);
    for (let tries = 0; tries < REMOVAL_TRIES_MAX; tries += 1) {
      const { status } = await this.#connection.ask('GET', `/api/v1/namespaces/${name}`);
      if (status === 404) return;
      await this.#connection.pause(1000);
    }
    throw new Error(`the namespace ${name} does not go`);
  }

  /** Creates what a text of YAML documents holds, in a namespace where they name none; what is there already stays. */
  async give(text: string, namespace: string): Promise<void> {
    for (const object of loadAll(text) as (KubeObject | null)[]) if (object) await this.#create(object, namespace);
  }

  /** What stands in the fields, spaces between: `pods/web spec.nodeName`. A list is asked for each of its objects. */
  async state(question: string, namespace: string): Promise<string> {
    const [what = '', ...fields] = question.split(' ');
    const [resource = '', name, sub] = what.split('/');
    const { path } = await this.#resource(resource, namespace);
    const target = [path, ...(name ? [name] : []), ...(sub ? [sub] : [])].join('/');
    const { status, body } = await this.#connection.ask('GET', target);
    if (status === 404) return 'none';
    const one = (object: unknown): string => fields.map((field) => shown(valueAt(object, field))).join(' ');
    if (name) return one(body);
    const items = (body as { items?: KubeObject[] }).items ?? [];
    const known = items.filter(({ metadata }) => metadata.name !== 'kube-root-ca.crt');
    return known.map(one).sort().join(', ');
  }

  close(): void {
    this.#connection.close();
  }

  async #create(object: KubeObject, namespace: string): Promise<void> {
    const at = object.metadata.namespace ?? namespace;
    const { path } = await this.#resource(`${object.kind}.${object.apiVersion}`, at);
    const { status, body } = await this.#posted(path, object);
    if (status !== 201 && status !== 409)
      throw new Error(`${object.kind} ${object.metadata.name}: ${JSON.stringify(body)}`);
    if ('status' in object && object.kind !== 'Namespace')
      await this.#connection.ask('PATCH', `${path}/${object.metadata.name}/status`, { status: object.status });
  }

  /** Pods are refused until a new namespace has its service account. */
  async #posted(path: string, object: KubeObject): Promise<{ status: number; body: unknown }> {
    for (let tries = 0; ; tries += 1) {
      const answer = await this.#connection.ask('POST', path, object);
      const early = answer.status === 403 && JSON.stringify(answer.body).includes('error looking up service account');
      if (!early || tries === 100) return answer;
      await this.pause(50);
    }
  }

  /** Of `pods`, `deployments.apps/v1` or `Deployment.apps/v1`. */
  async #resource(named: string, namespace: string): Promise<Resource> {
    const dot = named.indexOf('.');
    const word = dot < 0 ? named : named.slice(0, dot);
    const groups = dot < 0 ? GROUPS : [named.slice(dot + 1)];
    for (const group of groups) {
      const root = group === 'v1' ? '/api/v1' : `/apis/${group}`;
      const { resources } = await this.#list(root);
      const found = resources.find(({ name, kind }) => !name.includes('/') && (name === word || kind === word));
      if (!found) continue;
      const { name, namespaced } = found;
      return { namespaced, path: namespaced ? `${root}/namespaces/${namespace}/${name}` : `${root}/${name}` };
    }
    throw new Error(`no resource is called ${named}`);
  }

  #list(root: string): Promise<ResourceList> {
    const known = this.#lists.get(root);
    if (known) return known;
    const asked = this.#connection.ask('GET', root).then(({ body, status }) => {
      if (status !== 200) throw new Error(`${root}: ${JSON.stringify(body)}`);
      return body as ResourceList;
    });
    this.#lists.set(root, asked);
    return asked;
  }
}

/** Requests over HTTPS. */
export class HttpsConnection implements Connection {
  readonly #access: ClusterAccess;
  readonly #agent: Agent;

  constructor(access: ClusterAccess) {
    this.#access = access;
    const { ca, cert, key } = access;
    this.#agent = new Agent({
      keepAlive: true,
      rejectUnauthorized: ca !== undefined,
      ...(ca ? { ca } : {}),
      ...(cert && key ? { cert, key } : {}),
    });
  }

  async pause(milliseconds: number): Promise<void> {
    await after(milliseconds);
  }

  close(): void {
    this.#agent.destroy();
  }

  ask(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const { server, token } = this.#access;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    return new Promise((resolve, reject) => {
      const sent = request(
        `${server}${path}`,
        {
          method,
          agent: this.#agent,
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(text ? { 'content-type': type } : {}),
          },
        },
        (response) => {
          let said = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            said += chunk;
          });
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: said ? JSON.parse(said) : undefined }),
          );
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

const GROUPS = [
  'v1',
  'apps/v1',
  'batch/v1',
  'networking.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
  'autoscaling/v2',
  'scheduling.k8s.io/v1',
  'certificates.k8s.io/v1',
  'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1',
];

/** `spec.containers.0.image`; a dot that belongs to a key is written `\.`. */
function valueAt(object: unknown, field: string): unknown {
  const steps = field.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], object);
}

function shown(value: unknown): string {
  if (value === undefined) return '-';
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(sorted(value));
}

/** With the keys in the order of the alphabet, as Go writes maps. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

interface Kubeconfig {
  clusters: { cluster: Record<string, string> }[];
  users: { user: Record<string, string> }[];
}

/** What a kubeconfig's only cluster and user say. */
export function accessOf(kubeconfig: string): ClusterAccess {
  const { clusters, users } = load(kubeconfig) as Kubeconfig;
  const { server = '', 'certificate-authority-data': ca } = clusters[0]?.cluster ?? {};
  const { token, 'client-certificate-data': cert, 'client-key-data': key } = users[0]?.user ?? {};
  const pem = (data: string): string => Buffer.from(data, 'base64').toString();
  return {
    server,
    ...(ca ? { ca: pem(ca) } : {}),
    ...(cert && key ? { cert: pem(cert), key: pem(key) } : {}),
    ...(token ? { token } : {}),
  };
}

/** The kubeconfig with another namespace, under names that are the same wherever it comes from. */
export function withNamespace(kubeconfig: string, namespace: string): string {
  const { clusters, users, ...config } = load(kubeconfig) as Kubeconfig;
  return JSON.stringify({
    ...config,
    clusters: clusters.map((each) => ({ ...each, name: 'cluster' })),
    users: users.map((each) => ({ ...each, name: 'admin' })),
    contexts: [{ name: 'admin@cluster', context: { cluster: 'cluster', user: 'admin', namespace } }],
    'current-context': 'admin@cluster',
  });
}
