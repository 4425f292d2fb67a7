import { randomBytes } from 'node:crypto';
import type { Baseline } from '../../checker/baseline.js';
import { noteBaseline } from '../../checker/grade.js';
import { ClusterError, type WorldSpec } from '../../clusters/port.js';
import { namedInScripts } from '../../clusters/real/named-in-scripts.js';
import { namedObjects } from '../../clusters/real/named-objects.js';
import type { OpenHow, Place, RealCluster, RealSource } from '../../clusters/real/real-cluster.js';
import type { LabInstance } from '../format/instance.js';
import type { Lab } from '../format/lab.js';
import { refuseUngradable } from '../session/refuse-ungradable.js';

/** What a lab's world is made with on a real cluster. */
export interface RealWorldOptions extends Pick<OpenHow, 'onStep' | 'confirm' | 'signal' | 'lasting'> {
  readonly source: RealSource;
  /** Told what the person should know of the cluster, a sentence each. */
  readonly onNote?: (note: string) => void;
  /** The instance of the lab in a place. */
  readonly instantiate: (place: Place) => Promise<LabInstance>;
}

/** A lab's world on a real cluster, at the instant its task is handed over. */
export interface RealWorld {
  readonly attempt: string;
  readonly cluster: RealCluster;
  readonly instance: LabInstance;
  readonly baseline: Baseline;
  readonly how: OpenHow;
}

/** A place such as any cluster may have, with names that occur in no text. */
export const ANY_PLACE: Place = { host: 'kd-0000', hosts: {}, answers: '/opt/course/1' };

/**
 * Makes a lab's world on a real cluster and does something with it. What does not fit there is refused before anything is made,
 * by `ClusterError` with the reasons. Where making or using it fails, or is aborted, the cluster is put back as it was.
 */
export async function inRealWorld<T>(
  lab: Lab,
  options: RealWorldOptions,
  use: (world: RealWorld) => Promise<T>,
): Promise<T> {
  const { source, instantiate, signal } = options;
  const { world } = lab.content.spec;
  const anywhere = await instantiate(ANY_PLACE);
  refuseUngradable(anywhere, { capabilities: await source.capabilities(world) });
  const attempt = randomBytes(8).toString('hex');
  const how: OpenHow = { ...howOf(options), attempt, named: namesIn(anywhere) };
  const cluster = await source.open(world, how);
  try {
    for (const note of cluster.notes ?? []) options.onNote?.(note);
    const instance = await instantiate(cluster.place);
    refuseUngradable(instance, cluster);
    await cluster.setUp(instance.world, { ...how, named: namesIn(instance) });
    signal?.throwIfAborted();
    const baseline = await noteBaseline(cluster, instance.checks);
    return await use({ attempt, cluster, instance, baseline, how });
  } catch (error) {
    throw await restoredAfter(error, cluster, how);
  }
}

/** Takes a cluster of a world without a lab and does something with it. Where that fails, or is aborted, it is put back. */
export async function inEmptyWorld<T>(
  source: RealSource,
  base: WorldSpec['base'],
  options: Omit<RealWorldOptions, 'source' | 'instantiate'>,
  use: (cluster: RealCluster) => Promise<T>,
): Promise<T> {
  const how = howOf(options);
  const cluster = await source.open({ base }, how);
  try {
    for (const note of cluster.notes ?? []) options.onNote?.(note);
    options.signal?.throwIfAborted();
    return await use(cluster);
  } catch (error) {
    throw await restoredAfter(error, cluster, how);
  }
}

/** What a lab's own text names, and so may be made for it on a cluster that is somebody's. */
export function namesIn({
  checks,
  world,
  solution,
  alternatives,
  mistakes,
}: LabInstance): NonNullable<OpenHow['named']> {
  const scripts = textsIn([checks, world, solution, alternatives, mistakes]);
  return [...namedObjects([checks, world, solution]), ...namedInScripts(scripts)];
}

function textsIn(data: unknown): readonly string[] {
  if (typeof data === 'string') return [data];
  return data !== null && typeof data === 'object' ? Object.values(data).flatMap(textsIn) : [];
}

/** Puts a cluster back after something went wrong; gives that error, with what could not be put back. */
export async function restoredAfter(error: unknown, cluster: RealCluster, how: OpenHow): Promise<unknown> {
  try {
    // What was aborted is not to abort this too.
    const { signal: _, ...unstoppable } = how;
    const left = await cluster.restore(unstoppable);
    if (left.length === 0) return error;
    return new ClusterError([messageOf(error), ...left].join('\n'));
  } catch (failed) {
    return new ClusterError(`${messageOf(error)}\nThe cluster was not put back: ${messageOf(failed)}`);
  } finally {
    await cluster.close();
  }
}

/** Of options, how a cluster is opened. */
export function howOf({ onStep, confirm, signal, lasting }: Omit<OpenHow, 'attempt' | 'named'>): OpenHow {
  return { onStep, confirm, lasting, ...(signal ? { signal } : {}) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
