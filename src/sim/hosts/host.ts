import { startProcess } from '../kernel/boot.js';
import { decodeText, NO_BYTES } from '../kernel/bytes.js';
import type { Cgroup } from '../kernel/cgroup.js';
import { isErrno } from '../kernel/errno.js';
import { HostKernel } from '../kernel/host-kernel.js';
import type { Kernel } from '../kernel/kernel.js';
import type { NetworkNamespace } from '../kernel/network.js';
import type { Process } from '../kernel/process.js';
import type { Micros } from '../kernel/time.js';
import { cgroupTree } from './cgroup/cgroup-tree.js';
import { devTree } from './dev/dev-tree.js';
import { Disk } from './file-tree/disk.js';
import { FileTree } from './file-tree/file-tree.js';
import { ROOT } from './file-tree/permissions.js';
import { KERNEL_RELEASE, Modules, namedModules } from './proc/modules.js';
import { NamespacedSysctls, type NamespaceSettings } from './proc/namespaced-sysctls.js';
import { procTree } from './proc/proc-tree.js';
import { processTable } from './proc/process-table.js';
import { Sysctls } from './proc/sysctls.js';
import type { SystemFacts } from './proc/system-files.js';

const RUN_BYTES_MAX = 64 * 1024 * 1024;
const KIBIBYTE = 1024;
/** The disk of a small cloud machine, as df counts it, and what the installed system takes of it. */
const DISK_BYTES = 20_134_592 * KIBIBYTE;
const SYSTEM_BYTES = 4_587_520 * KIBIBYTE;
/** What the system keeps for itself of the memory. */
const SYSTEM_KIBIBYTES = 196_608;
/** More than any file that names modules has. */
const CONFIG_BYTES = 65_536;

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
  readonly disk = new Disk(DISK_BYTES, { atRest: SYSTEM_BYTES });
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
    const modules = new Modules((name) => (name === 'overlay' ? this.overlays() : 0));
    this.sysctls = new Sysctls(name, kernel.random.fork(`${name}/boot`), options.sysctls, (one) => modules.has(one));
    this.sysctls.onBoot = () => {
      this.bootedAt = kernel.now();
      this.loadModules();
    };
    const { memoryKibibytes = 4_005_872 } = options;
    const { cgroups } = this.kernel;
    cgroups.limits = { memoryMax: (memoryKibibytes - SYSTEM_KIBIBYTES) * KIBIBYTE };
    this.facts = {
      now: clock,
      booted: () => this.bootedAt,
      cpus: options.cpus ?? 2,
      memoryKibibytes,
      heldKibibytes: () => SYSTEM_KIBIBYTES + Math.ceil(cgroups.memory / KIBIBYTE),
      kernelRelease: KERNEL_RELEASE,
      modules,
    };
    this.loadModules();
    this.mountKernelTrees();
  }

  /** How many trees of containers are mounted: those in which processes live that are not the host's own. */
  private overlays(): number {
    const roots = new Set([...this.kernel.processes()].map(({ context }) => context.files));
    roots.delete(this.files);
    return roots.size;
  }

  /** What /etc/modules-load.d names is loaded while the machine starts (systemd-modules-load). */
  private loadModules(): void {
    const { modules } = this.facts;
    modules.clear();
    const folder = '/etc/modules-load.d';
    let names: string[] = [];
    try {
      names = this.files.readDirectory(folder, ROOT).map(({ name }) => name);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    const texts = names.filter((name) => name.endsWith('.conf')).sort();
    for (const name of namedModules(texts.map((one) => this.read(`${folder}/${one}`)))) modules.load(name);
  }

  private read(path: string): string {
    const file = this.files.open(path, { read: true }, 0, ROOT);
    try {
      return decodeText(file.tryRead(CONFIG_BYTES) ?? NO_BYTES);
    } finally {
      file.release();
    }
  }

  /** /proc for one container's processes, with settings of the namespaces it has for itself. */
  containerProc(space: string, settings: NamespaceSettings): FileTree {
    const own = space === this.kernel.context.processes ? undefined : space;
    const sysctls = new NamespacedSysctls(this.sysctls, settings);
    return procTree({ facts: this.facts, processes: processTable(this.kernel, own), sysctls });
  }

  /** /dev for a container. */
  containerDev(space: string): FileTree {
    return devTree(this.facts.now, this.kernel.kernel.random.fork(`${this.name}/${space}/dev`), this.kernel);
  }

  /** A part of the disk of which it is known how much is used. */
  newLayer(): Disk {
    return new Disk(this.disk.limit, { below: this.disk });
  }

  /** /sys/fs/cgroup of a container, which sees its own group as the root. */
  containerCgroups(group: Cgroup, space: string): FileTree {
    const own = space === this.kernel.context.processes;
    return cgroupTree(group, this.facts.now, (process) => {
      if (own) return process.pid;
      return process.space.key === space ? process.space.local(process.pid) : undefined;
    });
  }

  /** Switches the machine on: starts its pid 1 from /sbin/init. */
  boot(): Process {
    const init = this.kernel.kernel.programs.get('systemd');
    if (!init) throw new Error('no program "systemd" to boot with');
    const process = startProcess(this.kernel, init, ['/sbin/init'], [['TERM', 'linux']]);
    process.cgroup.load(process, this.kernel.kernel.footprintOf('systemd'));
    return process;
  }

  private mountKernelTrees(): void {
    const clock = this.facts.now;
    const { files, kernel, sysctls, facts } = this;
    const own = (type: string, bytes?: number) =>
      new FileTree({ clock, type, source: type, ...(bytes === undefined ? {} : { disk: new Disk(bytes) }) });
    files.mount('/proc', procTree({ facts, processes: processTable(kernel), sysctls }));
    files.mount('/sys', own('sysfs'));
    files.mount(
      '/sys/fs/cgroup',
      cgroupTree(kernel.cgroups, clock, ({ pid }) => pid),
    );
    files.mount('/dev', devTree(clock, kernel.kernel.random.fork(`${this.name}/dev`), kernel));
    files.mount('/run', own('tmpfs', RUN_BYTES_MAX));
    files.putDirectory('/run/lock', { mode: 0o1777 });
  }
}
