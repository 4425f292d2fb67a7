import { randomBytes } from 'node:crypto';
import type { Door, Exchange, Reply } from '../../sim/http/door.js';
import type { DoorLimits } from '../../sim/http/limits.js';
import type { OutsideEvent } from '../../sim/index.js';
import type { MachineInput, SimCluster } from './sim-cluster.js';

/** Numbers of requests from the door; below them lie those of the port's own calls. */
const FIRST_ID = 1_000_000;

export type { DoorLimits } from '../../sim/http/limits.js';

/** A door, and what goes through it. */
export interface ClusterDoor extends Door {
  /** Requests whose answers have not ended. */
  exchanges(): number;
}

/**
 * Opens the HTTPS door of a running machine on a loopback port (0: any). Requests are given to the machine by `input`,
 * so that whoever drives its clock also decides when they take effect.
 */
export async function openClusterDoor(
  cluster: SimCluster,
  port: number,
  input: (input: MachineInput) => void,
  limits: Partial<DoorLimits> = {},
): Promise<ClusterDoor> {
  const { openDoor } = await import('../../sim/http/door.js');
  const replies = new Map<number, Reply>();
  let lastId = FIRST_ID;
  cluster.onEvent((event) => deliver(replies, event));
  const request = (
    content: Parameters<Parameters<typeof openDoor>[1]['request']>[0],
    certificate: string | undefined,
    reply: Reply,
  ): Exchange => {
    lastId += 1;
    const id = lastId;
    replies.set(id, reply);
    input({ kind: 'request', id, request: content, ...(certificate ? { certificate } : {}) });
    return {
      frame: (stream, bytes, end) => input({ kind: 'frame', id, stream, bytes, ...(end ? { end } : {}) }),
      disconnect: () => {
        if (replies.delete(id)) input({ kind: 'disconnect', id });
      },
    };
  };
  const secret = randomBytes(32).toString('hex');
  const door = await openDoor(port, { request }, { secret, now: Date.now() * 1000, limits });
  return { ...door, exchanges: () => replies.size };
}

function deliver(replies: Map<number, Reply>, event: OutsideEvent): void {
  if (!('id' in event)) return;
  const reply = replies.get(event.id);
  if (!reply) return;
  if (event.kind === 'response') {
    reply.response(event.response, event.streaming);
    if (!event.streaming) replies.delete(event.id);
  } else if (event.kind === 'chunk') {
    reply.chunk(event.stream, event.bytes, event.end);
  } else if (event.kind === 'end') {
    replies.delete(event.id);
    reply.end(event.error);
  }
}
