import { parseQuantity, QuantityError, quantityMilliValue, quantityValue } from '../api/quantity.js';
import { type Micros, SECOND } from '../kernel/time.js';
import { parseSpan } from './duration.js';
import { WorldError } from './index.js';
import type { WorldLoad } from './spec.js';

/** Work that containers are taken to do, beside what their programs really do. */
export interface Load {
  readonly namespace: string;
  /** Whose pods: the kind and name of what controls them, or of the pod itself. */
  readonly kind: 'DaemonSet' | 'Deployment' | 'Pod' | 'StatefulSet';
  readonly name: string;
  /** Undefined: the first of each pod. */
  readonly container: string | undefined;
  /** Thousandths of a core that each container uses, or that the ready pods share. */
  readonly millicores: number;
  readonly shared: boolean;
  /** Bytes that each container holds. */
  readonly memory: number;
  /**
   * How long after the world was handed over it begins, in the place of what was declared for the same containers
   * before; undefined: at once.
   */
  readonly after: Micros | undefined;
}

const OWNERS = { daemonset: 'DaemonSet', deployment: 'Deployment', pod: 'Pod', statefulset: 'StatefulSet' } as const;

/** Reads a step that declares load. Throws `WorldError` for what cannot be read. */
export function readLoad(step: WorldLoad): Load {
  const owners = (Object.keys(OWNERS) as (keyof typeof OWNERS)[]).filter((key) => step[key] !== undefined);
  const [owner] = owners;
  if (!owner || owners.length !== 1)
    throw new WorldError(`load: name one of ${Object.keys(OWNERS).join(', ')} whose pods it is for`);
  if (step.cpu !== undefined && step.requests !== undefined)
    throw new WorldError('load: cpu and requests exclude each other');
  const { requests } = step;
  return {
    namespace: step.namespace ?? 'default',
    kind: OWNERS[owner],
    name: String(step[owner]),
    container: step.container,
    millicores: requests ? requests.per_second * requests.cpu_milliseconds : amount(step.cpu, quantityMilliValue),
    shared: requests !== undefined,
    memory: amount(step.memory, quantityValue),
    after: span(step.after),
  };
}

function amount(text: string | undefined, read: (quantity: ReturnType<typeof parseQuantity>) => number): number {
  if (text === undefined) return 0;
  try {
    return read(parseQuantity(String(text)));
  } catch (error) {
    if (!(error instanceof QuantityError)) throw error;
    throw new WorldError(`load: "${text}" is no amount; write it as 250m or 64Mi`);
  }
}

function span(text: string | undefined): Micros | undefined {
  if (text === undefined) return undefined;
  const found = parseSpan(text);
  if (found === undefined) throw new WorldError(`load: "${text}" is no span; write it as 5m or 90s`);
  return found;
}

/** What a load that lasts so long comes to for one of so many that share it, in microseconds of CPU. */
export function loadOver({ millicores, shared }: Load, ready: number, elapsed: Micros): Micros {
  const each = shared ? millicores / Math.max(1, ready) : millicores;
  return Math.round((each / 1000) * elapsed);
}

/** How often loads are brought up to date. */
export const LOAD_PERIOD: Micros = SECOND;
