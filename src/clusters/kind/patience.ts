import { ClusterError } from '../port.js';
import type { Variables } from './variables.js';

/** How long something of a cluster is waited for, in seconds. */
export interface Patience {
  readonly api: number;
  readonly nodes: number;
  readonly restart: number;
}

const USUAL: Patience = { api: 180, nodes: 300, restart: 120 };
const SECONDS_MAX = 7_200;

/** What KUBEDRILL_KIND_SECONDS says for all of it, for computers that are slow. Throws `ClusterError` where it is no number. */
export function patienceOf(environment: Variables): Patience {
  const text = environment['KUBEDRILL_KIND_SECONDS'] ?? '';
  if (text === '') return USUAL;
  const seconds = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(seconds <= SECONDS_MAX))
    throw new ClusterError(`KUBEDRILL_KIND_SECONDS must be a number of seconds, 1 to ${SECONDS_MAX}; it is ${text}.`);
  return { api: seconds, nodes: seconds, restart: seconds };
}

/** What helps where the time was over. */
export const MORE_PATIENCE = 'Where the computer is only slow, KUBEDRILL_KIND_SECONDS=900 waits longer.';
