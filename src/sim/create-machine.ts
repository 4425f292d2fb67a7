import type { ClusterParts } from './assembly/cluster-parts.js';
import { resourceTypeOf } from './assembly/kinds.js';
import { preparation } from './assembly/prepare.js';
import { plannedSpan, runSteps } from './assembly/steps.js';
import { buildCluster } from './cluster.js';
import { startProcess } from './kernel/boot.js';
import type { Micros } from './kernel/time.js';
import { MILLISECOND, MINUTE, SECOND } from './kernel/time.js';
import type { Machine, MachineOptions } from './machine.js';
import { simulatedMachine } from './simulated-machine.js';
import { recipeOf, WorldError } from './worlds/index.js';
import { withAddOns } from './worlds/with-add-ons.js';
import { withNetwork } from './worlds/with-network.js';

/** What a cluster needs from power-on until everything runs, with room to spare. */
const BOOT_SPAN: Micros = 2 * MINUTE;
/** How long before the epoch a world that slept is awake: kubelets renew their leases every ten seconds. */
const WAKING: Micros = 12 * SECOND;
/** And with add-ons, of which some measure twice before they say what is used now. */
const WAKING_WITH_ADD_ONS: Micros = 40 * SECOND;
const BOOT_LIMIT: Micros = 10 * MINUTE;

/** The most of a boot that is done at once. */
const BOOT_PORTION: Micros = 500 * MILLISECOND;

/**
 * Makes a machine with its world ready: switched on, prepared, every step of its description done, and time come to the
 * epoch (or later, when the steps took longer than planned). Throws `WorldError` with what is wrong in the description.
 */
export function createMachine(options: MachineOptions): Machine {
  const making = makeMachine(options);
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
  }
}

/** As `createMachine`, in portions: whoever has other machines to see to does so at each yield. */
export function* makeMachine(options: MachineOptions): Generator<void, Machine> {
  const { world, seed, salt, epoch, timing } = options;
  const recipe = recipeOf(world.base);
  const steps = world.steps ?? [];
  const plan = withAddOns(
    withNetwork(recipe(world.hosts ?? {}, world.dualStack ? 'both' : undefined), world.cni),
    world.addons ?? [],
  );
  const internet = world.internet ?? true;
  const parts = buildCluster({ plan, internet, seed, salt, timing, start: epoch - BOOT_SPAN - plannedSpan(steps) });
  yield* bringUp(parts);
  yield* runSteps(parts, steps, resourceTypeOf, epoch);
  reachEpoch(parts, epoch, world.addons ? WAKING_WITH_ADD_ONS : WAKING);
  return simulatedMachine(parts, options);
}

/** Lets the machines boot, the cluster become complete, and come to rest. */
function* bringUp(parts: ClusterParts): Generator<void> {
  const { kernel, plan, hosts, quiet, arrival } = parts;
  const controlPlane = plan.hosts.find(({ role }) => role === 'control-plane');
  const host = controlPlane && hosts.get(controlPlane.name);
  if (!host) return;
  const process = startProcess(host.kernel, preparation(plan, resourceTypeOf), ['kubeadm', 'init']);
  const limit = kernel.now() + BOOT_LIMIT;
  while (!kernel.advanceUntil(() => process.ended, BOOT_PORTION)) {
    if (kernel.now() >= limit) throw new WorldError('the API server never answered');
    yield;
  }
  const end = kernel.now() + BOOT_SPAN;
  while (!(arrival.isComplete() && quiet.calmFor(5 * SECOND)) && kernel.now() < end) {
    kernel.advance(SECOND);
    yield;
  }
}

/** Time left until the world is handed over is slept through, but for a last moment in which everybody wakes up. */
function reachEpoch({ kernel }: ClusterParts, epoch: Micros, waking: Micros): void {
  const left = epoch - kernel.now();
  if (left > waking) kernel.sleepThrough(left - waking);
  kernel.advance(Math.max(0, epoch - kernel.now()));
}
