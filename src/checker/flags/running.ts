import { hasFields } from '../has-fields.js';
import { processesOf, programName } from '../hosts/processes.js';
import { refName } from '../reference.js';
import type { CheckContext } from '../subject.js';
import { readYaml } from '../yaml.js';

/** Whose flag it is. */
export interface FlagOwner {
  readonly host?: string;
  /** A static pod of the host, such as kube-apiserver. */
  readonly component?: string;
  readonly unit?: string;
  readonly pods?: { readonly namespace: string; readonly selector?: string; readonly name?: string };
  readonly container?: string;
}

/** Something that runs, or why it does not. */
export type Running =
  | {
      readonly name: string;
      readonly argv: readonly string[];
      /** What the manifest says, which may not be what runs. */
      readonly manifest?: readonly string[] | undefined;
    }
  | { readonly name: string; readonly argv?: undefined; readonly reason: string };

/** All that an owner means; none when it selects pods and there are none. */
export async function runningOf(owner: FlagOwner, context: CheckContext): Promise<readonly Running[]> {
  if (owner.pods) return inPods(owner, context);
  const host = context.host(owner.host as string);
  return [
    owner.unit === undefined
      ? await ofStaticPod(host, owner.component as string, context)
      : await ofUnit(host, owner.unit, context),
  ];
}

async function ofUnit(host: string, unit: string, { cluster }: CheckContext): Promise<Running> {
  const { stdout } = await cluster.run(host, 'root', ['systemctl', 'show', '-p', 'MainPID', '--value', unit]);
  const pid = Number(stdout);
  const found = pid === 0 ? undefined : (await processesOf(cluster, host)).find((process) => process.pid === pid);
  return found ? { name: unit, argv: found.argv } : { name: unit, reason: `${unit} does not run on ${host}` };
}

/** The static pod's process is what counts; its manifest only tells what will run, or does not start. */
async function ofStaticPod(host: string, component: string, { cluster }: CheckContext): Promise<Running> {
  const processes = await processesOf(cluster, host);
  const found = processes.find(({ argv }) => programName(argv[0] as string) === component);
  const manifest = await manifestArguments(host, component, cluster);
  if (!found) return { name: component, reason: `${component} does not run on ${host}` };
  return { name: component, argv: found.argv, manifest };
}

interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
}
interface Container {
  readonly name: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: unknown }[];
}

async function manifestArguments(
  host: string,
  component: string,
  cluster: CheckContext['cluster'],
): Promise<readonly string[] | undefined> {
  const file = await cluster.file(host, `/etc/kubernetes/manifests/${component}.yaml`);
  if (!file) return undefined;
  // One that cannot be read cannot be by kubelet either; what runs is what counts.
  const pod = readYaml(Buffer.from(file.content).toString('utf8')) as { spec?: { containers?: unknown } } | undefined;
  const containers = pod?.spec?.containers;
  const container: unknown = Array.isArray(containers) ? containers[0] : undefined;
  return isContainer(container) ? argumentsOf(container) : undefined;
}

/** Whether what somebody wrote into a file is a container: an argument with a colon too many, say, is a map. */
function isContainer(value: unknown): value is Container {
  if (!hasFields(value)) return false;
  const { command = [], args = [], env = [] } = value;
  const isText = (word: unknown): boolean => typeof word === 'string';
  return isListOf(isText, command) && isListOf(isText, args) && isListOf(hasFields, env);
}

function isListOf(is: (one: unknown) => boolean, value: unknown): boolean {
  return Array.isArray(value) && value.every(is);
}

/**
 * Arguments as the container gets them: `$(NAME)` stands for a variable of its own, `$$` for `$`. What a variable has from
 * somewhere else is not looked up.
 */
function argumentsOf({ command = [], args = [], env = [] }: Container): string[] {
  const values = new Map(env.flatMap(({ name, value = '', valueFrom }) => (valueFrom ? [] : [[name, value]])));
  return [...command, ...args].map((word) =>
    word.replace(/\$\$|\$\(([^()\s]+)\)/g, (whole, name: string) =>
      whole === '$$' ? '$' : (values.get(name) ?? whole),
    ),
  );
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec?: PodSpec;
  readonly status?: {
    readonly phase?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}
interface ContainerStatus {
  readonly name: string;
  readonly state?: Readonly<Record<string, { readonly reason?: string } | undefined>>;
}

/** A pod's command cannot change while it lives: as long as the container runs, what its spec says is what runs. */
async function inPods({ pods, container }: FlagOwner, { objects }: CheckContext): Promise<readonly Running[]> {
  const found = await objects.read({ apiVersion: 'v1', kind: 'Pod', ...pods });
  return (found as unknown as readonly Pod[]).map(({ metadata, spec = {}, status = {} }): Running => {
    const all = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
    const one = container === undefined ? all[0] : all.find(({ name }) => name === container);
    const { name } = metadata;
    if (!one) return { name, reason: `${name} has no container ${container ?? ''}`.trimEnd() };
    const states = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
    const state = states.find((candidate) => candidate.name === one.name)?.state ?? {};
    if (state['running']) return { name, argv: argumentsOf(one) };
    const reason = state['waiting']?.reason ?? state['terminated']?.reason ?? status.phase ?? 'no status';
    return { name, reason: `${one.name} of ${name} does not run: ${reason}` };
  });
}

/** An owner in words. */
export function ownerName({ component, unit, pods }: FlagOwner): string {
  return component ?? unit ?? refName({ apiVersion: 'v1', kind: 'Pod', ...pods });
}
