import type { KubeObject } from '../api/object.js';
import type { Pod } from '../api/types/pod.js';
import { readManifests } from '../api/yaml/manifests.js';
import { RESOURCES } from '../client/resource-types.js';
import { startProcess } from '../kernel/boot.js';
import { decodeText, NO_BYTES } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import { findGroup, findUser } from '../kernel/libc/accounts.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import { type CommandEnd, startCommand } from '../outside/commands.js';
import { parseSpan } from '../worlds/duration.js';
import type { FaultParameters } from '../worlds/faults/fault.js';
import { FAULTS } from '../worlds/faults/index.js';
import { WorldError } from '../worlds/index.js';
import { readLoad } from '../worlds/load.js';
import type { WorldFile, WorldStep } from '../worlds/spec.js';
import type { ClusterParts } from './cluster-parts.js';
import { hostFiles } from './host-files.js';
import { declareLoad, hasLoads } from './loads.js';
import { administrator, create, isServed, type ResourceOf } from './prepare.js';

/** The most that is lived through at once. */
const LIVED_PORTION: Micros = 10 * SECOND;
/** How long a step that must end by itself may take before the world counts as broken. */
const STEP_LIMIT: Micros = 600 * SECOND;
const SETTLE_LIMIT_SECONDS = 180;
/** The last part of a world's age is always lived through: leases are renewed, probes answered. */
const AWAKE_AFTERWARDS: Micros = 60 * SECOND;
/** Autoscalers need so long until they have done with what containers began to use. */
const AWAKE_UNDER_LOAD: Micros = 360 * SECOND;

/**
 * Does what a world's steps say, in order. What steps took less than was planned passes while the world ages, so that
 * what happens after the last `age` has just happened at `epoch`. Throws `WorldError` with the step that cannot be done.
 * Yields now and then, where somebody else may be seen to.
 */
export function* runSteps(
  parts: ClusterParts,
  steps: readonly WorldStep[],
  resourceOf: ResourceOf,
  epoch: Micros,
): Generator<void> {
  for (const [index, step] of steps.entries()) {
    parts.quiet.disturb();
    try {
      yield* runStep(parts, step, resourceOf, { epoch, end: epoch - plannedSpan(steps.slice(index + 1)) });
    } catch (error) {
      if (error instanceof WorldError) throw new WorldError(`step ${index + 1} of the world: ${error.message}`);
      throw error;
    }
    yield;
  }
}

/** How long the steps may take together, for choosing when the world begins. */
export function plannedSpan(steps: readonly WorldStep[]): Micros {
  return steps.reduce((sum, step) => {
    if ('age' in step) return sum + (parseSpan(step.age) ?? 0);
    if ('settle' in step) return sum + settleSeconds(step.settle) * SECOND;
    return sum + 10 * SECOND;
  }, 0);
}

/** When a world is to be handed over, and when a step of it is planned to end. */
interface Planned {
  readonly epoch: Micros;
  readonly end: Micros;
}

function* runStep(
  parts: ClusterParts,
  step: WorldStep,
  resourceOf: ResourceOf,
  { epoch, end }: Planned,
): Generator<void> {
  if ('manifests' in step) return applyManifests(parts, step.manifests, resourceOf);
  if ('settle' in step) return yield* settle(parts, settleSeconds(step.settle));
  if ('age' in step) {
    const span = parseSpan(step.age);
    if (span === undefined) throw new WorldError(`"${step.age}" is no span; write it as 9h or 90s`);
    return yield* age(parts, Math.max(span, end - parts.kernel.now()));
  }
  if ('fault' in step) return applyFault(parts, step.fault);
  if ('run' in step) return runScript(parts, step.run);
  if ('load' in step) return declareLoad(parts, readLoad(step.load), epoch);
  putFile(parts, step.file);
}

function settleSeconds(settle: true | { readonly seconds_max: number }): number {
  return settle === true ? SETTLE_LIMIT_SECONDS : settle.seconds_max;
}

function* settle({ kernel, quiet }: ClusterParts, seconds: number): Generator<void> {
  const end = kernel.now() + seconds * SECOND;
  while (!quiet.isQuiet() && kernel.now() < end) {
    kernel.advance(Math.min(SECOND, end - kernel.now()));
    yield;
  }
}

/**
 * Lets a world age. What is at rest sleeps through most of it, and wakes up for what is due meanwhile: a cron job, a
 * deadline. As long as something still happens, or a container is tried again and again, every second is lived through,
 * so that restarts and events are what they would be.
 */
function* age(parts: ClusterParts, span: Micros): Generator<void> {
  const { kernel } = parts;
  const end = kernel.now() + span;
  if (hasLoads(parts)) yield* advanceTo(parts, kernel.now() + Math.min(span, AWAKE_UNDER_LOAD));
  for (;;) {
    yield* settle(parts, Math.min(SETTLE_LIMIT_SECONDS, Math.max(0, end - kernel.now()) / SECOND));
    const last = end - AWAKE_AFTERWARDS;
    const due = kernel.nextAppointment() ?? last;
    const span = Math.min(last, due) - kernel.now();
    if (span > 0 && (!parts.quiet.isQuiet() || anyoneRetries(parts))) break;
    if (span > 0) kernel.sleepThrough(span);
    if (due >= last) break;
    kernel.advance(SECOND);
  }
  yield* advanceTo(parts, end);
}

/** Lets time pass in portions. */
function* advanceTo({ kernel }: ClusterParts, instant: Micros): Generator<void> {
  while (kernel.now() < instant) {
    kernel.advance(Math.min(LIVED_PORTION, instant - kernel.now()));
    yield;
  }
}

/** Whether a container of some pod is held back before its next try, or nobody can ask, and all try to. */
function anyoneRetries(parts: ClusterParts): boolean {
  let found = false;
  runAsAdministrator(parts, 'age', function* (sys) {
    try {
      const { items } = yield* administrator(sys).list<Pod>(RESOURCES.pods);
      found = items.some(isHeldBack);
    } catch (error) {
      if (!isErrno(error)) throw error;
      found = true;
    }
  });
  return found;
}

function isHeldBack({ status }: Pod): boolean {
  const statuses = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return statuses.some(({ state }) => state?.waiting?.reason?.endsWith('BackOff'));
}

function applyManifests(parts: ClusterParts, text: string, resourceOf: ResourceOf): void {
  const { documents, error } = readManifests(text);
  if (error) throw new WorldError(`manifests: ${error}`);
  const objects = documents.map(({ value }) => value as unknown as KubeObject).filter((value) => value !== null);
  // A namespace that the manifests describe is made as they say, wherever it stands; others are made bare.
  const described = objects.filter(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Namespace');
  const others = objects.filter((object) => !described.includes(object));
  const namespaces = [...new Set(others.flatMap(({ metadata }) => metadata?.namespace ?? []))];
  runAsAdministrator(parts, 'manifests', function* (sys) {
    const client = administrator(sys);
    for (const namespace of described) yield* create(sys, client, resourceOf, namespace);
    for (const name of namespaces) {
      yield* create(sys, client, resourceOf, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    for (const object of others) {
      if (!resourceOf(object.apiVersion, object.kind) && !(yield* isServed(client, object.apiVersion, object.kind)))
        throw new WorldError(`manifests: there is no kind ${object.kind} in ${object.apiVersion}`);
      yield* create(sys, client, resourceOf, object);
    }
  });
}

function applyFault(
  parts: ClusterParts,
  { name, ...parameters }: { readonly name: string; readonly [key: string]: unknown },
): void {
  const fault = FAULTS.get(name);
  if (!fault) throw new WorldError(`there is no fault ${name}; there are ${[...FAULTS.keys()].join(', ')}`);
  if ('apply' in fault)
    runAsAdministrator(parts, name, (sys) => fault.apply({ sys, client: administrator(sys), parameters }));
  else runAsRoot(parts, name, hostOfFault(parts, name, parameters), (sys) => fault.applyOnHost(sys, parameters));
}

function hostOfFault(parts: ClusterParts, name: string, { node }: FaultParameters): string {
  if (node === undefined) return controlPlane(parts);
  const host = hostName(parts, String(node));
  if (!parts.hosts.has(host)) throw new WorldError(`${name}: there is no host ${node}`);
  return host;
}

/** Runs something as root on the control plane and waits for its end. */
function runAsAdministrator(parts: ClusterParts, what: string, work: (sys: Sys) => Waiting<void>): void {
  runAsRoot(parts, what, controlPlane(parts), work);
}

/** Runs something as root on a host and waits for its end. */
function runAsRoot(parts: ClusterParts, what: string, name: string, work: (sys: Sys) => Waiting<void>): void {
  const host = parts.hosts.get(name);
  let ended = false;
  let failure: unknown;
  const program: Program = function* prepare(sys) {
    try {
      yield* work(sys);
    } catch (error) {
      failure = error;
    }
    ended = true;
    return 0;
  };
  if (!host) throw new WorldError(`${what}: this world has no control plane`);
  startProcess(host.kernel, program, ['prepare']);
  if (!parts.kernel.advanceUntil(() => ended, STEP_LIMIT)) throw new WorldError(`${what}: did not come to an end`);
  if (failure instanceof WorldError) throw failure;
  if (failure) throw new WorldError(`${what}: ${failure instanceof Error ? failure.message : String(failure)}`);
}

function runScript(
  parts: ClusterParts,
  { host, as = 'root', script }: { host: string; as?: string; script: string },
): void {
  const machine = parts.hosts.get(hostName(parts, host));
  if (!machine) throw new WorldError(`run: there is no host ${host}`);
  let end: CommandEnd | undefined;
  startCommand(machine.kernel, as, ['bash', '-e', '-c', script], NO_BYTES, (result) => {
    end = result;
  });
  if (!parts.kernel.advanceUntil(() => end !== undefined, STEP_LIMIT))
    throw new WorldError('run: the script did not end');
  if (end && end.code !== 0)
    throw new WorldError(`run: the script ended with ${end.code}: ${decodeText(end.stderr).trim()}`);
}

function putFile(parts: ClusterParts, { host, path, content, owner = 'root', mode = '0644' }: WorldFile): void {
  const machine = parts.hosts.get(hostName(parts, host));
  if (!machine) throw new WorldError(`file: there is no host ${host}`);
  const files = hostFiles(machine);
  const [user = 'root', group] = owner.split(':');
  const account = findUser(files, user);
  if (!account) throw new WorldError(`file: ${host} has no user ${user}`);
  const gid = group ? findGroup(files, group)?.gid : account.gid;
  if (gid === undefined) throw new WorldError(`file: ${host} has no group ${group}`);
  machine.files.put(path, content, { owner: account.uid, group: gid, mode: Number.parseInt(mode, 8) });
}

function controlPlane({ plan }: ClusterParts): string {
  return plan.hosts.find(({ role }) => role === 'control-plane')?.name ?? '';
}

function hostName({ plan }: ClusterParts, name: string): string {
  return plan.hosts.find((host) => host.name === name || host.base === name)?.name ?? name;
}
