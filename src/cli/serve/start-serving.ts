import { type DoorLimits, openClusterDoor } from '../../clusters/sim/door.js';
import { LiveClock, type LiveClockOptions } from '../../clusters/sim/live-clock.js';
import { type MachineInput, type MachineOptions, openSimCluster } from '../../clusters/sim/sim-cluster.js';
import { ExpectedError } from '../io.js';
import { answerCalls } from './answer-calls.js';
import { doorKubeconfig } from './kubeconfig.js';

/** A served cluster. */
export interface Serving {
  readonly port: number;
  /** Connections that are open, and requests whose answers have not ended. */
  open(): { connections: number; exchanges: number };
  /** The last instant the machine was told to reach. */
  reached(): number;
  /** Resolves with the reason when the machine is gone by itself. */
  readonly failed: Promise<string>;
  /** Stops the clock, breaks every connection, and ends the machine. */
  stop(): Promise<void>;
}

/** What a caller may want to know and to decide. */
export interface ServingOptions {
  /** Told of every input before it takes effect. */
  readonly before?: (instant: number, input: MachineInput) => void;
  /** Where the machine runs; a worker thread unless said otherwise. */
  readonly thread?: 'worker' | 'same';
  /** The clock that its time follows; the computer's otherwise. */
  readonly clock?: Pick<LiveClockOptions, 'wall' | 'stepMax'>;
  /** How patient the door is. */
  readonly limits?: Partial<DoorLimits>;
  /** Called with the trace hash when everything has stopped and the machine stands still. */
  readonly onStopped?: (instant: number, traceHash: string) => void;
}

/** Makes a machine, lets its time follow the wall clock, and opens its door. */
export async function startServing(
  options: MachineOptions,
  port: number,
  { before, thread = 'worker', clock: given, limits, onStopped }: ServingOptions = {},
): Promise<{ serving: Serving; kubeconfig: string }> {
  const cluster = await openSimCluster({ ...options, outsideCalls: true }, { thread });
  const failed = new Promise<string>((resolve) => cluster.onFailure(resolve));
  const clock = new LiveClock(cluster, { ...(before ? { before } : {}), wall: () => Date.now() * 1000, ...given });
  answerCalls(cluster, clock);
  try {
    const door = await openClusterDoor(cluster, port, (input) => clock.input(input), limits);
    const [controlPlane] = (await cluster.hosts()).filter(({ role }) => role === 'control-plane');
    const admin = controlPlane && (await cluster.file(controlPlane.name, '/etc/kubernetes/super-admin.conf'));
    if (!admin) throw new ExpectedError('This world has no control plane to serve.');
    const kubeconfig = doorKubeconfig(Buffer.from(admin.content).toString('utf8'), door.port, door.authorities);
    clock.start();
    const stop = async (): Promise<void> => {
      clock.stop();
      await door.close();
      if (onStopped) {
        await cluster.advanceTo(clock.target);
        onStopped(clock.target, await cluster.traceHash());
      }
      await cluster.close();
    };
    const open = () => ({ connections: door.connections(), exchanges: door.exchanges() });
    return { serving: { port: door.port, open, reached: () => cluster.reached, failed, stop }, kubeconfig };
  } catch (error) {
    await cluster.close();
    throw explained(error as NodeJS.ErrnoException, port);
  }
}

function explained(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new ExpectedError(
      `Port ${port} is in use by another program; choose another with --port, or 0 for any that is free.`,
    );
  }
  if (error.code === 'EACCES') {
    return new ExpectedError(`You may not listen on port ${port}; choose one from 1024 on with --port, or 0 for any.`);
  }
  return error;
}
