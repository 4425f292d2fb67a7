import { createSys } from './calls/index.js';
import { DescriptorTable } from './descriptors.js';
import type { HostKernel } from './host-kernel.js';
import type { Process } from './process.js';
import type { Program } from './sys.js';

const ROOT = { uid: 0, gid: 0, groups: [0] };

/**
 * Starts a process that nobody forked: a host's first one (pid 1), or what the machine's owner runs on a host from
 * outside. It belongs to root and has no descriptors and no terminal.
 */
export function startProcess(
  host: HostKernel,
  program: Program,
  args: readonly string[],
  environment: Iterable<readonly [string, string]> = [],
): Process {
  const process = host.create({
    parent: undefined,
    context: host.context,
    container: undefined,
    args,
    environment: new Map(environment),
    directory: '/',
    credentials: ROOT,
    umask: 0o022,
    descriptors: new DescriptorTable(),
    terminal: undefined,
    ignored: [],
  });
  process.start(program(createSys(process)));
  return process;
}
