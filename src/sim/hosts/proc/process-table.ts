import type { Credentials, FileSystem, OpenFile } from '../../kernel/files.js';
import type { HostKernel } from '../../kernel/host-kernel.js';
import type { Process } from '../../kernel/process.js';
import type { Micros } from '../../kernel/time.js';

/** A process as /proc shows it; numbers are those of the process space that looks. */
export interface ProcessView {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly bounding: Credentials['bounding'];
  readonly noNewPrivileges: boolean;
  /** 0 for none, 2 for a filter. */
  readonly seccomp: 0 | 2;
  readonly umask: number;
  readonly args: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly directory: string;
  readonly state: 'R' | 'S' | 'T' | 'Z';
  readonly started: Micros;
  readonly cpu: Micros;
  /** Number of its terminal, and the group in front of it. */
  readonly terminal: { readonly number: number; readonly foreground: number } | undefined;
  readonly container: string | undefined;
  /** Path of its control group as who looks sees it. */
  readonly cgroup: string;
  readonly oomScoreAdjust: number;
  /** All that it has mapped, and what of it is in memory. */
  readonly sizeKibibytes: number;
  readonly residentKibibytes: number;
  readonly files: FileSystem;
  descriptors(): readonly number[];
  openFile(descriptor: number): OpenFile;
}

/** The processes that one /proc shows. */
export interface ProcessTable {
  list(): Iterable<ProcessView>;
  find(pid: number): ProcessView | undefined;
}

/** The processes of a host, all of them, or those of one container with the numbers they have in it. */
export function processTable(host: HostKernel, space?: string): ProcessTable {
  const visible = function* (): Iterable<ProcessView> {
    for (const process of host.processes()) {
      if (space === undefined || process.space.key === space) yield view(process, space);
    }
  };
  return {
    list: visible,
    find(pid) {
      if (space === undefined) {
        const process = host.find(pid);
        return process && view(process, space);
      }
      for (const process of visible()) if (process.pid === pid) return process;
      return undefined;
    },
  };
}

function view(process: Process, space: string | undefined): ProcessView {
  const seen = (pid: number) => (space === undefined ? pid : process.space.local(pid));
  const { parent, terminal, credentials } = process;
  const held = Math.ceil(process.heldBytes / 1024);
  return {
    pid: seen(process.pid),
    parent: parent ? seen(parent.pid) : 0,
    group: seen(process.group),
    session: seen(process.session),
    uid: credentials.uid,
    gid: credentials.gid,
    groups: credentials.groups,
    bounding: credentials.bounding,
    noNewPrivileges: credentials.noNewPrivileges ?? false,
    seccomp: process.context.seccomp ? 2 : 0,
    umask: process.umask,
    args: process.args,
    environment: process.environment,
    directory: process.directory,
    state: process.ended ? 'Z' : process.stopped ? 'T' : 'S',
    started: process.started,
    cpu: process.cpu,
    terminal: terminal && { number: terminal.number, foreground: seen(terminal.foreground) },
    container: process.container,
    cgroup: space === undefined ? process.cgroup.path : '/',
    oomScoreAdjust: process.oomScoreAdjust,
    sizeKibibytes: process.ended ? 0 : process.footprint.size + held,
    residentKibibytes: process.ended ? 0 : process.footprint.resident + held,
    files: process.context.files,
    descriptors: () => process.descriptors.numbers(),
    openFile: (descriptor) => process.descriptors.get(descriptor),
  };
}
