import type { ApiResponse, Cluster, CommandResult } from '../clusters/port.js';
import { type ObjectReader, refusal, UndecidedError } from './objects.js';
import type { Source } from './places.js';

/** Somebody from whom a connection is tried. */
export interface Prober {
  readonly name: string;
  run(argv: readonly string[], timeoutSeconds: number): Promise<CommandResult>;
  /** Lets a moment pass where one is so new that it may be treated otherwise then; false when it is not. */
  grownOlder?(): Promise<boolean>;
}

interface Made {
  readonly namespace: string;
  readonly name: string;
  readonly prober: Promise<Prober>;
}

/** What a pod that is made must have: busybox's programs, or curl beside them. */
type Tool = 'nc' | 'curl';

/** Where checks have somebody stand who belongs nowhere. */
const ELSEWHERE = 'default';
const IMAGES: Readonly<Record<Tool, string>> = { nc: 'busybox:1.36', curl: 'curlimages/curl:8.9.1' };
/** Pods may have to say what they use, and may have to be as tame as can be. */
const RESOURCES = { cpu: '10m', memory: '32Mi' };
/** Where time is real, a hundredth of a processor would make hundreds of requests take minutes. */
const LIMITS_IN_REAL_TIME = { ...RESOURCES, cpu: '500m' };
const TAME = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  runAsUser: 65_534,
  seccompProfile: { type: 'RuntimeDefault' },
};
const FORBIDDEN = 403;
const READY_SECONDS_MAX = 60;
/** How long one may take to start where its image must be fetched from somewhere in real time. */
export const START_SECONDS_MAX = 300;
const STEP_SECONDS = 1;
/**
 * Whoever enforces policies on a real cluster learns of a new pod a moment after it runs (the API of NetworkPolicy says
 * so of itself). It is given that moment, and what is not as it should be is tried again a few times.
 */
const NEW_SECONDS = 3;
const GROWN_SECONDS = 2;
const GROWN_TIMES = 4;

/** The pods made for checks, each kind of them once for a grading. */
export class ProbePods {
  private readonly cluster: Cluster;
  private readonly objects: ObjectReader;
  private readonly made = new Map<string, Made>();

  constructor(cluster: Cluster, objects: ObjectReader) {
    this.cluster = cluster;
    this.objects = objects;
  }

  /** Everybody a source means; none when it selects pods and there are none. `host` gives a host's name in this world. */
  async probers(source: Source, host: (base: string) => string, tool: Tool = 'nc'): Promise<readonly Prober[]> {
    if ('host' in source) return [this.onHost(host(source.host))];
    if ('pods' in source) return this.existing(source.pods.namespace, source.pods.selector);
    const { namespace: wanted, labels = {} } = source.probe;
    const namespace = wanted === ELSEWHERE ? (this.cluster.elsewhere ?? wanted) : wanted;
    const key = JSON.stringify([namespace, labels, tool]);
    let made = this.made.get(key);
    if (!made) {
      const name = `kubedrill-probe-${tool}-${this.made.size + 1}`;
      made = { namespace, name, prober: this.make(namespace, labels, name, IMAGES[tool]) };
      this.made.set(key, made);
    }
    const prober = await made.prober;
    // Nobody has named the namespace that stands in for another.
    return [namespace === wanted ? prober : { ...prober, name: 'a pod in another namespace' }];
  }

  /** Takes the pods away again: the next grading, and the learner, shall not meet them. */
  async remove(): Promise<void> {
    for (const { namespace, name, prober } of this.made.values()) {
      // One that never started was made all the same.
      await prober.catch(() => {});
      await this.cluster.request({
        method: 'DELETE',
        path: `/api/v1/namespaces/${namespace}/pods/${name}?gracePeriodSeconds=0`,
      });
    }
  }

  private onHost(name: string): Prober {
    return { name, run: (argv, timeoutSeconds) => this.cluster.run(name, 'root', argv, { timeoutSeconds }) };
  }

  private async existing(namespace: string, selector: string): Promise<Prober[]> {
    const pods = await this.objects.read({ apiVersion: 'v1', kind: 'Pod', namespace, selector });
    return pods
      .filter((pod) => (pod['status'] as { phase?: string } | undefined)?.phase === 'Running')
      .filter(({ metadata }) => !('deletionTimestamp' in metadata))
      .map(({ metadata, ...pod }) => this.inPod(namespace, metadata.name, firstContainer(pod)));
  }

  private inPod(namespace: string, name: string, container?: string): Prober {
    const pod = { namespace, name, ...(container === undefined ? {} : { container }) };
    return {
      name: `${namespace}/${name}`,
      run: (argv, timeoutSeconds) => this.cluster.exec(pod, argv, { timeoutSeconds }),
    };
  }

  private async make(
    namespace: string,
    labels: Readonly<Record<string, string>>,
    name: string,
    image: string,
  ): Promise<Prober> {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    const make = (limits: typeof RESOURCES): Promise<ApiResponse> =>
      this.create(path, name, podOf({ name, namespace, labels }, image, limits));
    const inRealTime = !this.cluster.capabilities.has('virtual-time');
    let created = await make(inRealTime ? LIMITS_IN_REAL_TIME : RESOURCES);
    // A quota or a limit of the namespace may have no room for so much.
    if (inRealTime && created.status === FORBIDDEN) created = await make(RESOURCES);
    if (created.status >= 300) {
      throw new UndecidedError(`no pod could be made in ${namespace} to try it from: ${refusal(created)}`);
    }
    await this.started(`${path}/${name}`, namespace);
    const prober = this.inPod(namespace, name);
    if (!inRealTime) return prober;
    await this.cluster.wait(NEW_SECONDS);
    let times = 0;
    const grownOlder = async (): Promise<boolean> => {
      if (times >= GROWN_TIMES) return false;
      times += 1;
      await this.cluster.wait(GROWN_SECONDS);
      return true;
    };
    return { ...prober, grownOlder };
  }

  /** One that a grading left behind that was cut short has the name: it is taken away first. */
  private async create(path: string, name: string, pod: object): Promise<ApiResponse> {
    const create = (): Promise<ApiResponse> => this.objects.request({ method: 'POST', path, body: pod });
    const created = await create();
    if (created.status !== 409 || !/already exists/.test(refusal(created))) return created;
    await this.objects.request({ method: 'DELETE', path: `${path}/${name}?gracePeriodSeconds=0` });
    return create();
  }

  /** Waits until a pod runs. Throws `UndecidedError` when it does not in time; while its image is fetched there is more. */
  private async started(path: string, namespace: string): Promise<void> {
    let pod: StartingPod | undefined;
    let waited = 0;
    for (; waited < READY_SECONDS_MAX || this.isBeingMade(pod, waited); waited += STEP_SECONDS) {
      pod = (await this.objects.get(path)) as StartingPod | undefined;
      if (pod?.status?.phase === 'Running') return;
      await this.cluster.wait(STEP_SECONDS);
    }
    const { reason, message } = waitingOf(pod) ?? {};
    const why = reason === undefined ? '' : `: ${reason}${message ? `, ${message}` : ''}`;
    throw new UndecidedError(`a pod made in ${namespace} to try it from did not start within ${waited} s${why}`);
  }

  /** Where time is real, a container that is being made is mostly one whose image is fetched. */
  private isBeingMade(pod: StartingPod | undefined, waited: number): boolean {
    if (waited >= START_SECONDS_MAX || this.cluster.capabilities.has('virtual-time')) return false;
    return waitingOf(pod)?.reason === 'ContainerCreating';
  }
}

function podOf(metadata: object, image: string, limits: typeof RESOURCES): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    spec: {
      terminationGracePeriodSeconds: 0,
      tolerations: [{ operator: 'Exists' }],
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'probe',
          image,
          command: ['sleep', '3600'],
          resources: { requests: RESOURCES, limits },
          securityContext: TAME,
        },
      ],
    },
  };
}

interface StartingPod {
  readonly status?: {
    readonly phase?: string;
    readonly containerStatuses?: readonly { readonly state?: { readonly waiting?: Waiting } }[];
  };
}
interface Waiting {
  readonly reason?: string;
  readonly message?: string;
}

function waitingOf(pod: StartingPod | undefined): Waiting | undefined {
  return pod?.status?.containerStatuses?.[0]?.state?.waiting;
}

/** The API server runs nothing in a pod of several containers unless one is named; all of them share the network. */
function firstContainer(pod: Readonly<Record<string, unknown>>): string | undefined {
  return (pod['spec'] as { containers?: readonly { name: string }[] } | undefined)?.containers?.[0]?.name;
}
