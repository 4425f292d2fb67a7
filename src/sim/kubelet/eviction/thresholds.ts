import { DurationError, parseDuration } from '../../api/duration.js';
import {
  addQuantity,
  compareQuantity,
  parseQuantity,
  type Quantity,
  QuantityError,
  quantityOf,
  quantityValue,
} from '../../api/quantity.js';
import type { Micros } from '../../kernel/time.js';
import type { NodeStats } from '../stats/stats.js';

/** What a signal speaks of: the resource that is reclaimed, and the node's condition. */
interface SignalFacts {
  readonly resource: 'memory' | 'ephemeral-storage' | 'inodes' | 'pids';
  readonly condition: 'MemoryPressure' | 'DiskPressure' | 'PIDPressure';
}

const MEMORY: SignalFacts = { resource: 'memory', condition: 'MemoryPressure' };
const DISK: SignalFacts = { resource: 'ephemeral-storage', condition: 'DiskPressure' };
const INODES: SignalFacts = { resource: 'inodes', condition: 'DiskPressure' };

/** The signals there are, in alphabetical order. */
export const SIGNALS: Readonly<Record<string, SignalFacts>> = {
  'allocatableMemory.available': MEMORY,
  'containerfs.available': DISK,
  'containerfs.inodesFree': INODES,
  'imagefs.available': DISK,
  'imagefs.inodesFree': INODES,
  'memory.available': MEMORY,
  'nodefs.available': DISK,
  'nodefs.inodesFree': INODES,
  'pid.available': { resource: 'pids', condition: 'PIDPressure' },
};

type Amount = { readonly quantity: Quantity } | { readonly part: number };

/** At what value of a signal kubelet acts, and how long that must last before it does. */
export interface Threshold {
  readonly signal: string;
  readonly value: Amount;
  /** 0: a hard one. */
  readonly gracePeriod: Micros;
  readonly minReclaim: Amount | undefined;
}

/** What of kubelet's configuration thresholds are made from. */
export interface ThresholdConfig {
  readonly evictionHard: Readonly<Record<string, string>>;
  readonly evictionSoft: Readonly<Record<string, string>>;
  readonly evictionSoftGracePeriod: Readonly<Record<string, string>>;
  readonly evictionMinimumReclaim: Readonly<Record<string, string>>;
  readonly enforceNodeAllocatable: readonly string[];
}

/** Thresholds that kubelet does not understand; the message is its own. */
class ThresholdError extends Error {}

/** Reads the thresholds (eviction ParseThresholdConfig). Throws `ThresholdError`. */
export function parseThresholds(config: ThresholdConfig): Threshold[] {
  const hard = statements(config.evictionHard);
  const soft = statements(config.evictionSoft);
  const periods = mapOf(config.evictionSoftGracePeriod, gracePeriod);
  const reclaims = mapOf(config.evictionMinimumReclaim, minimumReclaim);
  const delayed = soft.map((threshold): Threshold => {
    const period = periods.get(threshold.signal);
    if (period === undefined)
      throw new ThresholdError(`grace period must be specified for the soft eviction threshold ${threshold.signal}`);
    return { ...threshold, gracePeriod: period };
  });
  const all = [...hard, ...delayed].map((threshold) => ({ ...threshold, minReclaim: reclaims.get(threshold.signal) }));
  const withPods = config.enforceNodeAllocatable.includes('pods')
    ? all.flatMap((threshold) =>
        threshold.signal === 'memory.available' && threshold.gracePeriod === 0
          ? [{ ...threshold, signal: 'allocatableMemory.available' }]
          : [],
      )
    : [];
  // Containers write to the disk of the node: its thresholds hold for them (UpdateContainerFsThresholds).
  const own = all.filter(({ signal }) => !signal.startsWith('containerfs.'));
  const containers = own.flatMap((threshold) =>
    threshold.signal.startsWith('nodefs.')
      ? [{ ...threshold, signal: threshold.signal.replace('nodefs', 'containerfs') }]
      : [],
  );
  return [...own, ...withPods, ...containers];
}

function demandSignal(signal: string): void {
  if (!Object.hasOwn(SIGNALS, signal)) throw new ThresholdError(`unsupported eviction signal ${signal}`);
}

function statements(texts: Readonly<Record<string, string>>): Threshold[] {
  return Object.keys(texts)
    .sort()
    .flatMap((signal) => {
      const text = texts[signal] ?? '';
      demandSignal(signal);
      if (text === '0%' || text === '100%') return [];
      const value = amount(text);
      if ('part' in value) {
        if (value.part < 0) throw new ThresholdError(`eviction percentage threshold ${signal} must be >= 0%: ${text}`);
        if (value.part > 1)
          throw new ThresholdError(`eviction percentage threshold ${signal} must be <= 100%: ${text}`);
      } else if (quantityValue(value.quantity) <= 0) {
        throw new ThresholdError(`eviction threshold ${signal} must be positive: ${text}`);
      }
      return [{ signal, value, gracePeriod: 0, minReclaim: undefined }];
    });
}

function mapOf<T>(texts: Readonly<Record<string, string>>, read: (signal: string, text: string) => T): Map<string, T> {
  return new Map(
    Object.entries(texts).map(([signal, text]) => {
      demandSignal(signal);
      return [signal, read(signal, text)];
    }),
  );
}

function gracePeriod(_signal: string, text: string): Micros {
  try {
    const period = parseDuration(text);
    if (period < 0)
      throw new ThresholdError(`invalid eviction grace period specified: ${text}, must be a positive value`);
    return period;
  } catch (error) {
    if (!(error instanceof DurationError)) throw error;
    throw new ThresholdError(error.message);
  }
}

function minimumReclaim(signal: string, text: string): Amount {
  const value = amount(text);
  if ('part' in value) {
    if (value.part <= 0)
      throw new ThresholdError(`eviction percentage minimum reclaim ${signal} must be positive: ${text}`);
  } else if (quantityValue(value.quantity) < 0)
    throw new ThresholdError(`negative eviction minimum reclaim specified for ${signal}`);
  return value;
}

/** Parts are single floats in kubelet, which shows in the sums. */
function amount(text: string): Amount {
  if (text.endsWith('%')) return { part: Math.fround(Number(text.replace(/%+$/, '')) / 100) };
  try {
    return { quantity: parseQuantity(text) };
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    throw new ThresholdError(error.message);
  }
}

/** How much there is of what a signal speaks of, and of how much. */
export interface Observation {
  readonly available: Quantity;
  readonly capacity: number;
}

/** What the signals say (eviction makeSignalObservations). */
export function observationsOf({ memory, podsMemory, fs, processes }: NodeStats): ReadonlyMap<string, Observation> {
  const bytes = (available: number, capacity: number): Observation => ({
    available: quantityOf(available, 'BinarySI'),
    capacity,
  });
  const count = (available: number, capacity: number): Observation => ({ available: quantityOf(available), capacity });
  const disk = bytes(fs.availableBytes, fs.capacityBytes);
  const inodes = count(fs.inodesFree, fs.inodes);
  return new Map([
    ['memory.available', bytes(memory.availableBytes, memory.availableBytes + memory.workingSetBytes)],
    [
      'allocatableMemory.available',
      bytes(podsMemory.availableBytes, podsMemory.availableBytes + podsMemory.workingSetBytes),
    ],
    ...['nodefs', 'imagefs', 'containerfs'].flatMap((name): [string, Observation][] => [
      [`${name}.available`, disk],
      [`${name}.inodesFree`, inodes],
    ]),
    ['pid.available', count(processes.max - processes.running, processes.max)],
  ]);
}

/** An amount of something of which there is so much at most. */
export function thresholdQuantity(value: Amount, capacity: number): Quantity {
  return 'quantity' in value ? value.quantity : quantityOf(Math.trunc(capacity * value.part), 'BinarySI');
}

/** The thresholds that are met; with `reclaim` only what is free by more than the least to be reclaimed is not. */
export function thresholdsMet(
  thresholds: readonly Threshold[],
  observations: ReadonlyMap<string, Observation>,
  reclaim: boolean,
): Threshold[] {
  return thresholds.filter(({ signal, value, minReclaim }) => {
    const observed = observations.get(signal);
    if (!observed) return false;
    let quantity = thresholdQuantity(value, observed.capacity);
    if (reclaim && minReclaim) quantity = addQuantity(quantity, thresholdQuantity(minReclaim, observed.capacity));
    return compareQuantity(quantity, observed.available) > 0;
  });
}
