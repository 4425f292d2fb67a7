import { type Programs, type Ran, textOf } from './programs.js';
import type { Variables } from './variables.js';
import { atLeast, type Version, versionIn, versionText } from './versions.js';

/** A container engine that answers, as kind is told to use it. */
export interface Engine {
  readonly name: string;
  readonly path: string;
  readonly version: Version;
  readonly rootless: boolean;
  /** False on computers whose control groups are still those of version 1. */
  readonly cgroup2: boolean;
  /** A clause: why this one and no other. */
  readonly why: string;
}

/** Why an engine cannot be used, and what to do; whole sentences. */
export interface EngineFailure {
  readonly name: string;
  readonly failure: string;
  readonly remedy: string;
}

interface KnownEngine {
  readonly name: string;
  /** How it is asked for what it is, as JSON. */
  readonly info: readonly string[];
  readonly least?: { readonly version: Version; readonly reason: string };
  read(info: EngineInfo): Pick<Engine, 'rootless' | 'cgroup2'> & { readonly version: string };
}

/** What of the answers of `docker info`, `nerdctl info` and `podman info` counts here. */
interface EngineInfo {
  readonly ServerVersion?: string;
  readonly CgroupVersion?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly host?: { readonly cgroupVersion?: string; readonly security?: { readonly rootless?: boolean } };
  readonly version?: { readonly Version?: string };
}

const dockerLike = (info: EngineInfo) => ({
  version: info.ServerVersion ?? '',
  cgroup2: info.CgroupVersion === '2',
  rootless: (info.SecurityOptions ?? []).some((option) => option.split(',').includes('name=rootless')),
});

const DOCKER: KnownEngine = {
  name: 'docker',
  info: ['info', '--format', '{{json .}}'],
  least: {
    version: { major: 20, minor: 10, patch: 0 },
    reason: 'kind starts nodes in control groups of their own (--cgroupns=private), which came with 20.10',
  },
  read: dockerLike,
};
const NERDCTL: KnownEngine = { name: 'nerdctl', info: DOCKER.info, read: dockerLike };
const PODMAN: KnownEngine = {
  name: 'podman',
  info: ['info', '--format', 'json'],
  least: { version: { major: 1, minor: 8, patch: 0 }, reason: 'kind itself asks for it' },
  read: ({ version, host }) => ({
    version: version?.Version ?? '',
    cgroup2: host?.cgroupVersion === 'v2',
    rootless: host?.security?.rootless === true,
  }),
};

/** In the order in which kind looks for them (`DetectNodeProvider` in kind's pkg/cluster/provider.go). */
const ENGINES: readonly KnownEngine[] = [DOCKER, NERDCTL, { ...NERDCTL, name: 'finch' }, PODMAN];

/** The values of KIND_EXPERIMENTAL_PROVIDER that kind knows (`pkg/internal/runtime/runtime.go`); it ignores others. */
const ASKED_FOR: Readonly<Record<string, KnownEngine>> = {
  docker: DOCKER,
  podman: PODMAN,
  nerdctl: NERDCTL,
  finch: { ...NERDCTL, name: 'finch' },
  'nerdctl.lima': { ...NERDCTL, name: 'nerdctl.lima' },
};

/**
 * The engine to use: the one that KIND_EXPERIMENTAL_PROVIDER names, otherwise the first of kind's own order that answers.
 * Where none does, why each that is there does not; empty where none is there.
 */
export async function findEngine(
  programs: Programs,
  environment: Variables,
): Promise<Engine | readonly EngineFailure[]> {
  const asked = environment['KIND_EXPERIMENTAL_PROVIDER'] ?? '';
  const known = ASKED_FOR[asked];
  const failures: EngineFailure[] = [];
  for (const engine of known ? [known] : ENGINES) {
    const { path, ...missing } = programs.find(engine.name);
    if (path === undefined) {
      const there = 'notExecutable' in missing ? missing.notExecutable : undefined;
      if (there) failures.push(notExecutable(engine.name, there));
      else if (known) failures.push(notFound(engine.name));
      continue;
    }
    const why = known ? 'KIND_EXPERIMENTAL_PROVIDER names it' : reason(failures);
    const found = await ask(programs, engine, path, why);
    if ('path' in found) return found;
    failures.push(found);
  }
  return failures;
}

function reason(failures: readonly EngineFailure[]): string {
  if (failures.length === 0) return 'it is the first that was found';
  return `${failures.map(({ name }) => name).join(' and ')} cannot be used`;
}

async function ask(programs: Programs, known: KnownEngine, path: string, why: string): Promise<Engine | EngineFailure> {
  const ran = await programs.run(path, known.info, { timeoutSeconds: 20 });
  const failure = engineFailure(known.name, ran);
  if (failure) return failure;
  let info: EngineInfo;
  try {
    info = JSON.parse(textOf(ran)) as EngineInfo;
  } catch {
    return { name: known.name, failure: `\`${known.name} info\` gave no JSON.`, remedy: 'Is it really that program?' };
  }
  const { version: text, rootless, cgroup2 } = known.read(info);
  const version = versionIn(text) ?? { major: 0, minor: 0, patch: 0 };
  if (known.least && !atLeast(version, known.least.version)) {
    return {
      name: known.name,
      failure: `${known.name} is ${text || 'of an unknown version'}; ${versionText(known.least.version)} is the least: ${known.least.reason}.`,
      remedy: 'Install a newer one.',
    };
  }
  if (rootless && !cgroup2) {
    return {
      name: known.name,
      failure: `${known.name} runs without root, and control groups are of version 1: kind needs version 2 for that.`,
      remedy: 'https://kind.sigs.k8s.io/docs/user/rootless/ says how to switch; or use an engine that runs as root.',
    };
  }
  return { name: known.name, path, version, rootless, cgroup2, why };
}

/** What an engine's refusal to answer means: its words decide, for all of them end with 1. */
function engineFailure(name: string, { code, stderr }: Ran): EngineFailure | undefined {
  const words = stderr.trim();
  if (code === 124) return { name, failure: `${name} does not answer.`, remedy: startRemedy(name) };
  if (/permission denied/i.test(words))
    return { name, failure: `You may not use ${name}: ${words}`, remedy: permissionRemedy(name) };
  if (
    /cannot connect|is the docker daemon running|connection refused|not running|no such file or directory/i.test(words)
  )
    return { name, failure: `${name} is not running: ${words}`, remedy: startRemedy(name) };
  if (code !== 0) return { name, failure: `\`${name} info\` ended with ${code}: ${words}`, remedy: startRemedy(name) };
  return undefined;
}

function startRemedy(name: string): string {
  const mac = name === 'podman' ? '`podman machine start`' : 'start Docker Desktop (or `colima start`)';
  const linux =
    name === 'podman'
      ? '`podman info` says more'
      : `\`sudo systemctl start ${name === 'docker' ? 'docker' : 'containerd'}\``;
  return `Start it: on Linux ${linux}, on macOS ${mac}.`;
}

function permissionRemedy(name: string): string {
  if (name !== 'docker') return `Run ${name} as a user who may, or set it up without root.`;
  return 'On Linux `sudo usermod -aG docker $USER`, then log in again; on macOS start Docker Desktop as yourself.';
}

function notExecutable(name: string, path: string): EngineFailure {
  return { name, failure: `${path} is there, but may not be run.`, remedy: `\`chmod +x ${path}\`, or remove it.` };
}

function notFound(name: string): EngineFailure {
  return {
    name,
    failure: `${name} is not there, and KIND_EXPERIMENTAL_PROVIDER names it.`,
    remedy: `Install ${name}, or unset KIND_EXPERIMENTAL_PROVIDER.`,
  };
}
