import { startProcess } from '../kernel/boot.js';
import { HostKernel } from '../kernel/host-kernel.js';
import type { Kernel } from '../kernel/kernel.js';
import type { NetworkNamespace } from '../kernel/network.js';
import type { Process } from '../kernel/process.js';
import type { Micros } from '../kernel/time.js';
import { devTree } from './dev/dev-tree.js';
import { Disk } from './file-tree/disk.js';
import { FileTree } from './file-tree/file-tree.js';
import { procTree } from './proc/proc-tree.js';
import { processTable } from './proc/process-table.js';
import { Sysctls } from './proc/sysctls.js';
import type { SystemFacts } from './proc/system-files.js';

const KERNEL_RELEASE = '6.8.0-85-generic';
const RUN_BYTES_MAX = 64 * 1024 * 1024;

/** What a machine is built from. */
export interface HostOptions {
  readonly kernel: Kernel;
  readonly name: string;
  readonly network: NetworkNamespace;
  /** Puts everything that is installed into its empty disk. */
  readonly layout: (tree: FileTree) => void;
  readonly cpus?: number;
  readonly memoryKibibytes?: number;
  readonly sysctls?: Readonly<Record<string, string>>;
}

/** One simulated machine: a disk, a kernel with its made-up trees, a network, and what pid 1 makes of them. */
export class Host {
  readonly name: string;
  readonly files: FileTree;
  readonly disk = new Disk();
  readonly kernel: HostKernel;
  readonly network: NetworkNamespace;
  readonly sysctls: Sysctls;
  readonly facts: SystemFacts;
  private bootedAt: Micros;

  constructor(options: HostOptions) {
    const { kernel, name, network } = options;
    const clock = () => kernel.now();
    this.name = name;
    this.network = network;
    this.bootedAt = kernel.now();
    this.files = new FileTree({ clock, disk: this.disk });
    options.layout(this.files);
    this.kernel = new HostKernel(kernel, name, { id: '', files: this.files, network, hostname: name, processes: '' });
    this.sysctls = new Sysctls(name, kernel.random.fork(`${name}/boot`), options.sysctls);
    this.sysctls.onBoot = () => {
      this.bootedAt = kernel.now();
    };
    this.facts = {
      now: clock,
      booted: () => this.bootedAt,
      cpus: options.cpus ?? 2,
      memoryKibibytes: options.memoryKibibytes ?? 4_005_872,
      kernelRelease: KERNEL_RELEASE,
    };
    this.mountKernelTrees();
  }

  /** /proc for one container's processes. */
  containerProc(space: string): FileTree {
    const own = space === this.kernel.context.processes ? undefined : space;
    return procTree({ facts: this.facts, processes: processTable(this.kernel, own), sysctls: this.sysctls });
  }

  /** /dev for a container. */
  containerDev(space: string): FileTree {
    return devTree(this.facts.now, this.kernel.kernel.random.fork(`${this.name}/${space}/dev`), this.kernel);
  }

  /** Switches the machine on: starts its pid 1 from /sbin/init. */
  boot(): Process {
    const init = this.kernel.kernel.programs.get('systemd');
    if (!init) throw new Error('no program "systemd" to boot with');
    return startProcess(this.kernel, init, ['/sbin/init'], [['TERM', 'linux']]);
  }

  private mountKernelTrees(): void {
    const clock = this.facts.now;
    const { files, kernel, sysctls, facts } = this;
    const own = (type: string, bytes?: number) =>
      new FileTree({ clock, type, source: type, ...(bytes === undefined ? {} : { disk: new Disk(bytes) }) });
    files.mount('/proc', procTree({ facts, processes: processTable(kernel), sysctls }));
    files.mount('/sys', own('sysfs'));
    files.putDirectory('/sys/fs/cgroup');
    files.mount('/dev', devTree(clock, kernel.kernel.random.fork(`${this.name}/dev`), kernel));
    files.mount('/run', own('tmpfs', RUN_BYTES_MAX));
    files.putDirectory('/run/lock', { mode: 0o1777 });
  }
}
