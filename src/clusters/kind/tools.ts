import { ClusterError } from '../port.js';
import { findKubectl, type Kubectl } from '../real/kubectl.js';
import { type Engine, findEngine } from './engine.js';
import { type NodeImage, nodeImageFor } from './node-images.js';
import { type Programs, textOf } from './programs.js';
import type { Variables } from './variables.js';
import { atLeast, type Version, versionIn, versionText } from './versions.js';

/** All that a kind cluster needs of this computer. */
export interface Tools {
  readonly kind: { readonly path: string; readonly version: Version };
  readonly kubectl: Kubectl;
  readonly engine: Engine;
  readonly image: NodeImage;
}

/** Something that is missing: what is wrong, and how to put it right, in whole sentences. */
export interface Missing {
  readonly says: string;
  readonly remedy?: string;
}

/** kind v0.30 is the first with a node image of Kubernetes 1.34, the oldest that kubedrill knows. */
const KIND_LEAST: Version = { major: 0, minor: 30, patch: 0 };
const CGROUP2_FROM = 35;

const GET_KIND =
  'On Linux download it from https://github.com/kubernetes-sigs/kind/releases into a folder of your PATH; on macOS `brew install kind`.';
/** What is said where no container engine is there. */
export const NO_ENGINE: Missing = {
  says: 'There is no container engine: neither docker, nerdctl nor podman was found.',
  remedy:
    'On Linux install Docker (https://docs.docker.com/engine/install/), podman or nerdctl; on macOS Docker Desktop, colima or `brew install podman`.',
};

/**
 * What a kind cluster needs, found and tried. Throws one `ClusterError` that names all that is missing, too old or not
 * running, each with how to get it.
 */
export async function findTools(programs: Programs, environment: Variables): Promise<Tools> {
  const missing: Missing[] = [];
  const kind = orMissing(await findKind(programs), missing);
  const kubectl = await findKubectl(environment).catch((error: unknown) => {
    if (!(error instanceof ClusterError)) throw error;
    missing.push({ says: error.message });
    return undefined;
  });
  const engine = await needEngine(programs, environment, missing);
  if (!kind || !kubectl || !engine) throw new ClusterError(missingText(missing));
  const image = nodeImageFor(kind.version, environment);
  const unfit = misfit(engine, image);
  if (unfit) throw new ClusterError(missingText([unfit]));
  return { kind, kubectl, engine, image };
}

/** What is needed to list and delete clusters. Throws `ClusterError` as `findTools` does. */
export async function findKeepers(programs: Programs, environment: Variables): Promise<Pick<Tools, 'kind' | 'engine'>> {
  const missing: Missing[] = [];
  const kind = orMissing(await findKind(programs), missing);
  const engine = await needEngine(programs, environment, missing);
  if (!kind || !engine) throw new ClusterError(missingText(missing));
  return { kind, engine };
}

async function needEngine(programs: Programs, environment: Variables, missing: Missing[]): Promise<Engine | undefined> {
  const engine = await findEngine(programs, environment);
  if ('path' in engine) return engine;
  if (engine.length === 0) missing.push(NO_ENGINE);
  missing.push(...engine.map(({ failure, remedy }) => ({ says: failure, remedy })));
  return undefined;
}

function missingText(missing: readonly Missing[]): string {
  const lines = missing.map(({ says, remedy }) => `- ${says}${remedy === undefined ? '' : `\n  ${remedy}`}`);
  return `A kind cluster cannot be had on this computer yet:\n${lines.join('\n')}`;
}

function orMissing(found: Tools['kind'] | Missing, missing: Missing[]): Tools['kind'] | undefined {
  if ('path' in found) return found;
  missing.push(found);
  return undefined;
}

/** The kind of this computer, or why there is none that can be used. */
export async function findKind(programs: Programs): Promise<Tools['kind'] | Missing> {
  const { path, ...without } = programs.find('kind');
  if (path === undefined) {
    const blocked = 'notExecutable' in without ? without.notExecutable : undefined;
    if (blocked === undefined) return { says: 'kind was not found.', remedy: GET_KIND };
    return { says: `${blocked} is there, but may not be run.`, remedy: `\`chmod +x ${blocked}\`, or remove it.` };
  }
  const ran = await programs.run(path, ['version']);
  const version = versionIn(textOf(ran));
  if (ran.code !== 0 || !version) {
    const words = ran.stderr.trim().split('\n')[0] || 'it does not say its version';
    return { says: `\`kind version\` does not work: ${words}.`, remedy: GET_KIND };
  }
  if (atLeast(version, KIND_LEAST)) return { path, version };
  return {
    says: `kind is ${versionText(version)}; ${versionText(KIND_LEAST)} is the least: older ones cannot make nodes of Kubernetes 1.34 and newer.`,
    remedy: GET_KIND,
  };
}

/** From 1.35 on kubelet does not start where control groups are of version 1 (its `failCgroupV1`). */
function misfit(engine: Engine, { kubernetes }: NodeImage): Missing | undefined {
  if (engine.cgroup2 || !kubernetes || kubernetes.minor < CGROUP2_FROM) return undefined;
  return {
    says: `The control groups of ${engine.name}'s computer are of version 1: kubelet ${versionText(kubernetes)} does not start on them.`,
    remedy:
      'Switch to version 2 (https://kubernetes.io/docs/concepts/architecture/cgroups/), or have nodes of an older version: KUBEDRILL_KIND_IMAGE=1.34.',
  };
}
