import type { Cgroup } from '../../kernel/cgroup.js';
import type { Process } from '../../kernel/process.js';

const PERIOD_DEFAULT = 100_000;
const WEIGHT_DEFAULT = 100;
const CONTROLLERS = 'cpuset cpu io memory hugetlb pids rdma misc\n';

/** A file of a control group: its text, and whether a group that nothing is above has it too. */
export interface CgroupFile {
  readonly inRoot?: boolean;
  /** `local` gives the number of a process for whoever looks; undefined when it is not seen from there. */
  readonly text: (group: Cgroup, local: (process: Process) => number | undefined) => string;
}

const limit = (value: number | undefined) => `${value ?? 'max'}\n`;
const table = (rows: Readonly<Record<string, number>>) =>
  Object.entries(rows)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');

/** The kernel counts in pages. */
function pages(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes - (bytes % 4096);
}

function threads(group: Cgroup, local: (process: Process) => number | undefined): string {
  const numbers = [...group.processes].flatMap((process) => local(process) ?? []);
  return numbers.map((number) => `${number}\n`).join('');
}

/** The files of a control group that tools and people read, in alphabetical order (cgroup v2). */
export const CGROUP_FILES: Readonly<Record<string, CgroupFile>> = {
  'cgroup.controllers': { inRoot: true, text: () => CONTROLLERS },
  'cgroup.events': { text: (group) => table({ populated: group.pids > 0 ? 1 : 0, frozen: 0 }) },
  'cgroup.procs': { inRoot: true, text: threads },
  'cgroup.subtree_control': { inRoot: true, text: (group) => (group.children.size > 0 ? CONTROLLERS : '\n') },
  'cgroup.threads': { inRoot: true, text: threads },
  'cgroup.type': { text: () => 'domain\n' },
  'cpu.max': {
    text: ({ limits }) => `${limits.cpuQuota ?? 'max'} ${limits.cpuPeriod ?? PERIOD_DEFAULT}\n`,
  },
  'cpu.stat': {
    inRoot: true,
    text: ({ cpu, periods, throttled, throttledTime }) =>
      table({
        usage_usec: cpu,
        user_usec: cpu - Math.floor(cpu / 4),
        system_usec: Math.floor(cpu / 4),
        nr_periods: periods,
        nr_throttled: throttled,
        throttled_usec: throttledTime,
        nr_bursts: 0,
        burst_usec: 0,
      }),
  },
  'cpu.weight': { text: ({ limits }) => `${limits.cpuWeight ?? WEIGHT_DEFAULT}\n` },
  'memory.current': { text: ({ memory }) => `${pages(memory)}\n` },
  'memory.events': {
    text: ({ oom, oomKills }) => table({ low: 0, high: 0, max: oom, oom, oom_kill: oomKills, oom_group_kill: 0 }),
  },
  'memory.high': { text: () => 'max\n' },
  'memory.low': { text: () => '0\n' },
  'memory.max': { text: ({ limits }) => limit(pages(limits.memoryMax)) },
  'memory.min': { text: () => '0\n' },
  'memory.oom.group': { text: ({ limits }) => `${limits.oomGroup ? 1 : 0}\n` },
  'memory.peak': { text: ({ memoryPeak }) => `${pages(memoryPeak)}\n` },
  'memory.stat': {
    inRoot: true,
    text: ({ memory }) => table({ anon: memory, file: 0, kernel: 0, shmem: 0, inactive_file: 0, active_file: 0 }),
  },
  'memory.swap.current': { text: () => '0\n' },
  'memory.swap.max': { text: () => '0\n' },
  'pids.current': { text: ({ pids }) => `${pids}\n` },
  'pids.max': { text: ({ limits }) => limit(limits.pidsMax) },
};
