import type {
  ApiRequest,
  ApiResponse,
  Capability,
  Cluster,
  CommandOptions,
  CommandResult,
  FileFacts,
} from '../../src/clusters/port.js';
import { ClusterError } from '../../src/clusters/port.js';

interface FakeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string; uid?: string; labels?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

/** What a command printed and how it ended; left out, it succeeded in silence. */
export type FakeRun = (who: string, argv: readonly string[], options?: CommandOptions) => Partial<CommandResult>;

export interface FakeContent {
  readonly objects?: readonly FakeObject[];
  /** By `host:path`. */
  readonly files?: Readonly<Record<string, string | Partial<FileFacts>>>;
  /** `who` is a host, or `namespace/pod`. */
  readonly run?: FakeRun;
  /** Microseconds since the Unix epoch. */
  readonly now?: number;
  /** What the API server answers to these paths, with query. */
  readonly answers?: Readonly<Record<string, ApiResponse>>;
  /** What the API server says instead of what the objects say. */
  readonly responds?: (request: ApiRequest) => ApiResponse | undefined;
  /** No API server answers, for this reason. */
  readonly down?: string;
  /** Pods that are made never run; a text says for which reason they wait, and in which words. */
  readonly stuck?: boolean | string;
  /** What it can do; time passes at will, and it can be copied, when left out. */
  readonly capabilities?: readonly Capability[];
}

/** What the fake API knows: kinds by group and version. */
const KINDS: Readonly<Record<string, Readonly<Record<string, readonly [resource: string, namespaced: boolean]>>>> = {
  v1: {
    Pod: ['pods', true],
    Node: ['nodes', false],
    ConfigMap: ['configmaps', true],
    ServiceAccount: ['serviceaccounts', true],
    Secret: ['secrets', true],
    Service: ['services', true],
  },
  'certificates.k8s.io/v1': { CertificateSigningRequest: ['certificatesigningrequests', false] },
  'apps/v1': { Deployment: ['deployments', true] },
};

/** A cluster that is nothing but what a test puts into it, and remembers what was asked. */
export class FakeCluster implements Cluster {
  readonly capabilities: ReadonlySet<Capability>;
  readonly requests: string[] = [];
  /** The pods that commands ran in, as they were named. */
  readonly entered: object[] = [];
  readonly runs: string[] = [];
  /** How long each of the commands might take, in seconds. */
  readonly patience: (number | undefined)[] = [];
  /** How long was waited, in seconds, each time. */
  readonly waits: number[] = [];
  objects: FakeObject[];
  private readonly content: FakeContent;

  constructor(content: FakeContent = {}) {
    this.content = content;
    this.capabilities = new Set(content.capabilities ?? ['copies', 'nodes-root', 'virtual-time']);
    this.objects = [...(content.objects ?? [])];
  }

  async request(request: ApiRequest): Promise<ApiResponse> {
    const { method, path, body } = request;
    this.requests.push(`${method} ${path}`);
    if (this.content.down !== undefined) return { status: 0, body: undefined, error: this.content.down };
    const answer = this.content.answers?.[path] ?? this.content.responds?.(request);
    if (answer) return answer;
    const url = new URL(path, 'http://api');
    if (url.pathname === '/apis')
      return { status: 200, body: { groups: [{ name: 'apps', preferredVersion: { version: 'v1' } }] } };
    for (const [version, kinds] of Object.entries(KINDS)) {
      const root = version.includes('/') ? `/apis/${version}` : `/api/${version}`;
      if (url.pathname === root) return { status: 200, body: { resources: resourcesOf(kinds) } };
      for (const [kind, [resource]] of Object.entries(kinds)) {
        const match = new RegExp(`^${root}(?:/namespaces/([^/]+))?/${resource}(?:/([^/]+))?$`).exec(url.pathname);
        if (match) return this.answer(method, kind, match[1], match[2], url.searchParams.get('labelSelector'), body);
      }
    }
    return { status: 404, body: { message: 'not found' } };
  }

  async exec(
    pod: { namespace: string; name: string; container?: string },
    argv: readonly string[],
    options?: CommandOptions,
  ): Promise<CommandResult> {
    this.entered.push(pod);
    return this.command(`${pod.namespace}/${pod.name}`, argv, options);
  }

  async run(host: string, user: string, argv: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return this.command(user === 'root' ? host : `${user}@${host}`, argv, options);
  }

  async file(host: string, path: string): Promise<FileFacts | undefined> {
    const found = this.content.files?.[`${host}:${path}`];
    if (found === undefined) return undefined;
    const given = typeof found === 'string' ? { content: Buffer.from(found) } : found;
    return { owner: 'root', group: 'root', mode: 0o644, content: new Uint8Array(), ...given } as FileFacts;
  }

  async directory(): Promise<undefined> {
    return undefined;
  }

  async hosts(): Promise<never[]> {
    return [];
  }

  async now(): Promise<number> {
    return this.content.now ?? 0;
  }

  async watch(): Promise<() => void> {
    return () => {};
  }

  async wait(seconds: number): Promise<void> {
    this.waits.push(seconds);
  }

  async settle(): Promise<boolean> {
    return true;
  }

  openTerminal(): Promise<never> {
    return Promise.reject(new ClusterError('a fake has no terminals'));
  }

  async copy(): Promise<FakeCluster> {
    return this;
  }

  async close(): Promise<void> {}

  private command(who: string, argv: readonly string[], options?: CommandOptions): CommandResult {
    this.runs.push(`${who}: ${argv.join(' ')}`);
    this.patience.push(options?.timeoutSeconds);
    return { code: 0, stdout: '', stderr: '', ...this.content.run?.(who, argv, options) };
  }

  private statusOfMade(): object {
    const { stuck } = this.content;
    const [reason, message] = typeof stuck === 'string' ? stuck.split(', ') : [];
    const waiting = reason === undefined ? undefined : [{ state: { waiting: { reason, message } } }];
    return stuck ? { phase: 'Pending', containerStatuses: waiting } : { phase: 'Running' };
  }

  private answer(
    method: string,
    kind: string,
    namespace: string | undefined,
    name: string | undefined,
    selector: string | null,
    body: unknown,
  ): ApiResponse {
    if (method === 'POST') {
      this.objects.push({ ...(body as FakeObject), status: this.statusOfMade() });
      return { status: 201, body };
    }
    const found = this.objects.filter(
      (object) =>
        object.kind === kind &&
        (namespace === undefined || object.metadata.namespace === namespace) &&
        (name === undefined || object.metadata.name === name) &&
        selects(selector, object.metadata.labels ?? {}),
    );
    if (method === 'DELETE') this.objects = this.objects.filter((object) => !found.includes(object));
    if (name === undefined) return { status: 200, body: { items: found } };
    return found[0] ? { status: 200, body: found[0] } : { status: 404, body: { message: `${name} not found` } };
  }
}

const SHORT: Readonly<Record<string, readonly string[]>> = { deployments: ['deploy'], pods: ['po'], services: ['svc'] };

function resourcesOf(kinds: (typeof KINDS)[string]): { name: string; kind: string; namespaced: boolean }[] {
  return Object.entries(kinds).flatMap(([kind, [name, namespaced]]) => [
    { name: `${name}/status`, kind, namespaced },
    { name, kind, namespaced, shortNames: SHORT[name] ?? [] },
  ]);
}

function selects(selector: string | null, labels: Readonly<Record<string, string>>): boolean {
  return (selector ?? '')
    .split(',')
    .filter(Boolean)
    .every((part) => {
      const [key = '', value] = part.split('=');
      return value === undefined ? key in labels : labels[key] === value;
    });
}
