import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { WORLD_NAMES } from '../clusters/port.js';
import type { MachineOptions } from '../clusters/sim/sim-cluster.js';
import type { CliCommand } from './command.js';
import { checkWorld, findLab, instanceOf, newSeed, readLabSeed } from './find-lab.js';
import { type CommandIo, ExpectedError, say, UsageError } from './io.js';
import type { PlacedKubeconfig } from './serve/write-kubeconfig.js';

/** Secrets of a served cluster are its own, whoever else knows the seed. */
const SALT_BYTES = 32;

interface ServeOptions {
  readonly world?: string;
  readonly lab?: string;
  readonly port: string;
  readonly kubeconfig?: string;
  readonly seed?: string;
}

/** `kubedrill serve`: the simulated cluster's API on loopback, for real clients. Runs until it is interrupted. */
export const serve: CliCommand = {
  name: 'serve',
  declare(command, io) {
    command
      .description("serve the simulated cluster's API on loopback HTTPS, for real kubectl and others")
      .option('--world <world>', `a ready-made world: ${WORLD_NAMES.join(', ')} (three-node without it)`)
      .option('--lab <lab>', "a lab's world")
      .option('--port <port>', 'a port; 0 for any that is free', '0')
      .option('--kubeconfig <file>', 'where to write the kubeconfig (./kubedrill.kubeconfig without it)')
      .option('--seed <number>', 'which draw')
      .action(async (options: ServeOptions) => {
        if (options.lab !== undefined && options.world !== undefined)
          throw new UsageError('--lab and --world exclude each other');
        if (options.world !== undefined) checkWorld(options.world);
        const port = readPort(options.port);
        const seed = options.seed === undefined ? newSeed() : readLabSeed(options.seed);
        const { machineOptions } = await import('../labs/session/machine-options.js');
        const { worldOptions } = await import('../labs/session/world.js');
        const epoch = Date.now() * 1000;
        const machine =
          options.lab === undefined
            ? worldOptions(options.world ?? 'three-node', seed, epoch)
            : machineOptions(await instanceOf(findLab(options.lab, io), seed), '', epoch);
        await run(io, { ...machine, salt: randomBytes(SALT_BYTES).toString('hex') }, seed, port, options.kubeconfig);
      });
  },
};

/** Serves until a signal comes or the machine is gone. */
async function run(
  io: CommandIo,
  machine: MachineOptions,
  seed: string,
  port: number,
  path = join(process.cwd(), 'kubedrill.kubeconfig'),
): Promise<void> {
  const { startServing } = await import('./serve/start-serving.js');
  const { writeKubeconfig } = await import('./serve/write-kubeconfig.js');
  const { serving, kubeconfig } = await startServing(machine, port);
  let placed: PlacedKubeconfig | undefined;
  try {
    placed = writeKubeconfig(path, kubeconfig);
    if (placed.kept !== undefined)
      say(io, `the file that was at ${path} is kept as ${placed.kept}, and put back at the end`);
    say(io, `serving on https://127.0.0.1:${serving.port} · seed ${seed}`);
    say(io, `KUBECONFIG=${path} kubectl get nodes`);
    const reason = await Promise.race([interrupted(), serving.failed]);
    if (reason !== undefined) throw new ExpectedError(`The simulated cluster is gone: ${reason}`);
  } finally {
    placed?.remove();
    await serving.stop();
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`"${text}" is no port; a port is a number from 0 to 65535`);
  return port;
}

function interrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
}
