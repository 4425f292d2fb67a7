import type { CliCommand } from './command.js';
import { checkAddon, checkWorld, findLabOrFile, instanceOf, newSeed, readLabSeed } from './find-lab.js';
import { type CommandIo, UsageError } from './io.js';
import { type ClusterOptions, clusterOptions, type RealChoice, readCluster } from './real/cluster-option.js';

interface ShellOptions {
  readonly lab?: string;
  readonly world?: string;
  readonly addons?: string;
  readonly cni?: string;
  readonly dualStack?: boolean;
  readonly on?: string;
  readonly seed?: string;
}

const PLUGINS = ['calico', 'flannel', 'none'] as const;

function isPlugin(name: string): name is (typeof PLUGINS)[number] {
  return (PLUGINS as readonly string[]).includes(name);
}

/** `kubedrill shell`: the simulated terminal on plain streams. Exits with the shell's last status. */
export const shell: CliCommand = {
  name: 'shell',
  declare(command, io, exit) {
    clusterOptions(command)
      .description('a shell on a simulated host; piped input runs line by line')
      .option('--lab <lab>', "in a lab's world, by its name or file")
      .option('--world <world>', 'in a ready-made world (three-node)')
      .option('--addons <names>', 'with what is installed in that world besides (metrics-server,…)')
      .option('--cni <plugin>', 'with this network of pods (calico, flannel, none)')
      .option('--dual-stack', 'with IPv6 beside IPv4')
      .option('--on <host>', "the host to log in to (base; with --lab the task's own)")
      .option('--seed <number>', 'which draw')
      .action(async (options: ShellOptions & ClusterOptions) => {
        const { lab, world, addons, cni, dualStack, on, seed: given } = options;
        if (lab !== undefined && world !== undefined) throw new UsageError('--lab and --world exclude each other');
        if (lab !== undefined && addons !== undefined) throw new UsageError('--lab and --addons exclude each other');
        if (cni !== undefined && !isPlugin(cni)) throw new UsageError(`--cni is one of ${PLUGINS.join(', ')}`);
        if (lab !== undefined && cni !== undefined) throw new UsageError('--lab and --cni exclude each other');
        if (lab !== undefined && dualStack) throw new UsageError('--lab and --dual-stack exclude each other');
        if (world !== undefined) checkWorld(world);
        for (const addon of addons?.split(',') ?? []) checkAddon(addon);
        const seed = given === undefined ? newSeed() : readLabSeed(given);
        const real = readCluster(options.cluster);
        if (real) return exit(await onReal(io, real, options, seed));
        const { machineOptions } = await import('../labs/session/machine-options.js');
        const { worldOptions } = await import('../labs/session/world.js');
        const instance = lab === undefined ? undefined : await instanceOf(findLabOrFile(lab, io), seed);
        const network = { ...(cni === undefined ? {} : { cni }), ...(dualStack ? { dualStack } : {}) };
        const machine = instance
          ? machineOptions(instance)
          : worldOptions(world ?? 'three-node', seed, undefined, addons?.split(','), network);
        const { runShell } = await import('./shell/run-shell.js');
        if (on === undefined && lab === undefined && io.stdin.isTTY)
          io.stderr.write(
            'This is base, which has no kubectl: `ssh controlplane`, or begin there with `--on controlplane`.\n',
          );
        exit(await runShell(io, machine, on ?? instance?.host ?? 'base'));
      });
  },
};

/** The person's own shell on a real cluster. */
async function onReal(
  io: CommandIo,
  choice: RealChoice,
  { lab: name, world, on, yes, ...rest }: ShellOptions & ClusterOptions,
  seed: string,
): Promise<number> {
  if (on !== undefined) throw new UsageError('--on is for simulated clusters; on a real one the shell is your own');
  if (rest.addons || rest.cni || rest.dualStack)
    throw new UsageError('--addons, --cni and --dual-stack are for simulated clusters');
  const { realSource } = await import('./real/real-source.js');
  const { shellReal } = await import('./real/shell-real.js');
  const lab = name === undefined ? undefined : findLabOrFile(name, io);
  return shellReal(io, await realSource(choice, io), {
    yes,
    base: world ?? 'three-node',
    ...(lab ? { lab: { lab, instantiate: (place) => instanceOf(lab, seed, {}, place) } } : {}),
  });
}
