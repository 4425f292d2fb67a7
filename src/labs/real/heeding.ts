import { type Cluster, ClusterError } from '../../clusters/port.js';

/**
 * A cluster on which nothing is done any more once nobody wants it: then all that is under way rejects with `ClusterError`,
 * and so does whatever is asked of it.
 */
export function heeding(cluster: Cluster, signal: AbortSignal | undefined): Cluster {
  if (!signal) return cluster;
  return new Proxy(cluster, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => untilAborted(() => value.apply(target, args) as Promise<unknown>, signal);
    },
  });
}

async function untilAborted<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const interrupted = (): ClusterError => new ClusterError('it was interrupted');
  if (signal.aborted) throw interrupted();
  let giveUp = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(interrupted());
    signal.addEventListener('abort', giveUp);
  });
  try {
    return await Promise.race([act(), aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
