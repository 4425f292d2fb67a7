import { openClusterDoor } from '../../clusters/sim/door.js';
import { type MachineInput, type MachineOptions, openSimCluster } from '../../clusters/sim/sim-cluster.js';
import { LiveClock } from '../../labs/session/live-clock.js';
import { ExpectedError } from '../io.js';
import { doorKubeconfig } from './kubeconfig.js';

/** A served cluster. */
export interface Serving {
  readonly port: number;
  stop(): Promise<void>;
}

/** Makes a machine, lets its time follow the wall clock, and opens its door. `before` is told of every input. */
export async function startServing(
  options: MachineOptions,
  port: number,
  before?: (instant: number, input: MachineInput) => void,
): Promise<{ serving: Serving; kubeconfig: string }> {
  const cluster = await openSimCluster(options);
  const clock = new LiveClock(cluster, { ...(before ? { before } : {}), wall: () => Date.now() * 1000 });
  try {
    const door = await openClusterDoor(cluster, port, (input) => clock.input(input));
    const [controlPlane] = (await cluster.hosts()).filter(({ role }) => role === 'control-plane');
    const admin = controlPlane && (await cluster.file(controlPlane.name, '/etc/kubernetes/super-admin.conf'));
    if (!admin) throw new ExpectedError('This world has no control plane to serve.');
    const kubeconfig = doorKubeconfig(Buffer.from(admin.content).toString('utf8'), door.port, door.authorities);
    clock.start();
    const stop = async (): Promise<void> => {
      clock.stop();
      await door.close();
      await cluster.close();
    };
    return { serving: { port: door.port, stop }, kubeconfig };
  } catch (error) {
    await cluster.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new ExpectedError(
        `Port ${port} is in use by another program; choose another with --port, or 0 for any that is free.`,
      );
    }
    throw error;
  }
}
