import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Modules } from './modules.js';
import type { ProcessTable } from './process-table.js';

/** The hardware and the kernel as /proc tells them. */
export interface SystemFacts {
  readonly now: () => Micros;
  readonly booted: () => Micros;
  readonly cpus: number;
  readonly memoryKibibytes: number;
  /** What the system and all processes hold. */
  readonly heldKibibytes: () => number;
  readonly kernelRelease: string;
  readonly modules: Modules;
}

function uptime({ now, booted, cpus }: SystemFacts): string {
  const seconds = (now() - booted()) / SECOND;
  return `${seconds.toFixed(2)} ${(seconds * cpus * 0.95).toFixed(2)}\n`;
}

function loadAverage(_: SystemFacts, processes: ProcessTable): string {
  let count = 0;
  let last = 0;
  for (const { pid } of processes.list()) {
    count += 1;
    last = Math.max(last, pid);
  }
  return `0.08 0.12 0.09 1/${count} ${last}\n`;
}

/** What the cache of files comes to where there is room, and the part of what is available that it has at most. */
const CACHE_PART = 0.27;
const CACHE_PART_MAX = 0.8;

function memory({ memoryKibibytes: total, heldKibibytes }: SystemFacts): string {
  const available = Math.max(0, total - heldKibibytes());
  // What was read from disks stays for as long as nobody wants the room.
  const reclaimable = Math.round(Math.min(total * CACHE_PART, available * CACHE_PART_MAX));
  const rows: readonly [string, number][] = [
    ['MemTotal', total],
    ['MemFree', available - reclaimable],
    ['MemAvailable', available],
    ['Buffers', Math.round(total * 0.01)],
    ['Cached', reclaimable],
    ['SwapCached', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Shmem', 1152],
  ];
  return rows.map(([name, size]) => `${`${name}:`.padEnd(15)} ${String(size).padStart(8)} kB\n`).join('');
}

function cpus({ cpus: count }: SystemFacts): string {
  const one = (index: number) =>
    [
      `processor\t: ${index}`,
      'vendor_id\t: GenuineIntel',
      'cpu family\t: 6',
      'model\t\t: 85',
      'model name\t: Intel(R) Xeon(R) Processor @ 2.50GHz',
      'cpu MHz\t\t: 2499.998',
      `siblings\t: ${count}`,
      `core id\t\t: ${index}`,
      `cpu cores\t: ${count}`,
      'flags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat sse sse2 ht syscall nx lm aes hypervisor',
      'bogomips\t: 4999.99',
      '',
    ].join('\n');
  return `${Array.from({ length: count }, (_, index) => one(index)).join('\n')}\n`;
}

const FILE_SYSTEMS = 'sysfs tmpfs proc cgroup2 devtmpfs overlay devpts mqueue';

/**
 * What a write to a file of /proc does. That to `modules`, `+overlay` or `-overlay`, stands for init_module(2) and
 * delete_module(2), which only modprobe and its like call.
 */
export const SYSTEM_STORES: Readonly<Record<string, (facts: SystemFacts, text: string) => void>> = {
  modules: ({ modules }, text) => {
    const name = text.trim().slice(1);
    if (text.startsWith('+')) modules.load(name);
    else modules.unload(name);
  },
};

/** The files directly in /proc that are not about one process, in alphabetical order. */
export const SYSTEM_FILES: Readonly<Record<string, (facts: SystemFacts, processes: ProcessTable) => string>> = {
  cmdline: ({ kernelRelease }) => `BOOT_IMAGE=/boot/vmlinuz-${kernelRelease} root=/dev/vda1 ro console=ttyS0\n`,
  cpuinfo: cpus,
  filesystems: () =>
    `${FILE_SYSTEMS.split(' ')
      .map((name) => `nodev\t${name}\n`)
      .join('')}\text4\n`,
  loadavg: loadAverage,
  meminfo: memory,
  modules: ({ modules }) => modules.text(),
  swaps: () => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n',
  uptime,
  version: ({ kernelRelease }) =>
    `Linux version ${kernelRelease} (buildd@lcy02-amd64) (x86_64-linux-gnu-gcc-13 (Ubuntu 13.3.0-6ubuntu2~24.04) 13.3.0, GNU ld (GNU Binutils for Ubuntu) 2.42) #85-Ubuntu SMP PREEMPT_DYNAMIC\n`,
};
