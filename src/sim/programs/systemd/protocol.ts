import type { Micros } from '../../kernel/time.js';
import type { JournalEntry, Priority } from './journal.js';

/** Sockets of pid 1 that programs talk to. */
export const MANAGER_SOCKET = '/run/systemd/private';
export const JOURNAL_SOCKET = '/run/systemd/journal/socket';
export const NOTIFY_SOCKET = '/run/systemd/notify';

export type ActiveState = 'active' | 'inactive' | 'failed' | 'activating' | 'deactivating';
export type Result =
  | 'success'
  | 'exit-code'
  | 'signal'
  | 'timeout'
  | 'start-limit-hit'
  | 'resources'
  | 'dependency'
  | 'core-dump';

/** How a process of a unit ended, as status shows it. */
export interface ExitView {
  readonly pid: number;
  /** The setting it came from, and its text: `ExecStart`, `/usr/bin/kubelet …`. */
  readonly setting: string;
  readonly text: string;
  readonly code: 'exited' | 'killed' | 'dumped';
  /** `1/FAILURE`, `TERM`. */
  readonly status: string;
}

export interface ProcessLine {
  readonly pid: number;
  readonly command: string;
}

/** All that systemctl shows of a unit. */
export interface UnitView {
  readonly name: string;
  readonly description: string;
  readonly documentation: readonly string[];
  readonly load: 'loaded' | 'not-found' | 'masked' | 'bad-setting';
  readonly path: string | undefined;
  readonly dropIns: readonly string[];
  readonly fileState: string;
  readonly active: ActiveState;
  readonly sub: string;
  readonly result: Result;
  /** Since when it is in this state; undefined when it never left the first. */
  readonly since: Micros | undefined;
  readonly activeSince: Micros | undefined;
  readonly inactiveSince: Micros | undefined;
  readonly mainPid: number | undefined;
  readonly mainName: string | undefined;
  readonly mainExit: ExitView | undefined;
  readonly exits: readonly ExitView[];
  readonly processes: readonly ProcessLine[];
  /** Bytes that they use together, and have at most used. */
  readonly memory: number;
  readonly memoryPeak: number;
  readonly cpu: Micros;
  readonly restarts: number;
  readonly needsReload: boolean;
  readonly invocation: string;
  readonly type: string;
  readonly conditionFailed: string | undefined;
  readonly conditionTime: Micros | undefined;
  readonly settings: Readonly<Record<string, readonly string[]>>;
}

export interface UnitFileView {
  readonly name: string;
  readonly state: string;
  readonly preset: string;
}

/** A refused or failed operation: systemctl's message after its own beginning, and its exit status. */
export interface Refusal {
  readonly message: string;
  readonly status: number;
}

/** How a job ended. */
export interface JobResult {
  readonly unit: string;
  readonly result: 'done' | 'failed' | 'dependency' | 'timeout' | 'canceled';
  readonly cause?: 'exit-code' | 'timeout' | 'start-limit-hit' | 'resources' | 'signal' | 'core-dump';
  readonly needsReload?: boolean;
}

/** A line to be logged, from syslog(3) or a stream. */
export interface LogLine {
  readonly identifier: string;
  readonly priority: Priority;
  readonly message: string;
  readonly facility?: string;
  readonly pid?: number;
  readonly uid?: number;
}

export type JobKind = 'start' | 'stop' | 'restart' | 'try-restart' | 'reload' | 'reload-or-restart' | 'isolate';

/** The questions of the manager's socket, with what each is asked and answered. */
export interface ManagerCalls {
  job: { ask: { kind: JobKind; unit: string; wait: boolean }; answer: JobResult };
  unit: { ask: { unit: string }; answer: UnitView };
  units: { ask: { all: boolean }; answer: readonly UnitView[] };
  'unit-files': { ask: Record<never, never>; answer: readonly UnitFileView[] };
  enable: { ask: { units: readonly string[]; runtime: boolean }; answer: Installation };
  disable: { ask: { units: readonly string[] }; answer: Installation };
  mask: { ask: { units: readonly string[] }; answer: Installation };
  unmask: { ask: { units: readonly string[] }; answer: Installation };
  'is-enabled': { ask: { unit: string }; answer: string };
  'daemon-reload': { ask: Record<never, never>; answer: null };
  'reset-failed': { ask: { unit: string | undefined }; answer: null };
  kill: { ask: { unit: string; signal: string }; answer: null };
  'get-default': { ask: Record<never, never>; answer: string };
  'set-default': { ask: { unit: string }; answer: Installation };
  /** Goes down now, or at an instant; `cancel` takes a planned one back. */
  power: { ask: { action: 'reboot' | 'poweroff' | 'halt' | 'cancel'; at?: Micros }; answer: null };
  state: { ask: Record<never, never>; answer: ManagerState };
}

/** What enabling or disabling changed; `noInstall` units have nothing to enable. */
export interface Installation {
  readonly changes: readonly {
    readonly kind: 'symlink' | 'removed';
    readonly path: string;
    readonly target?: string;
  }[];
  readonly noInstall: readonly string[];
}

export interface ManagerState {
  readonly state: 'running' | 'degraded' | 'starting' | 'stopping';
  readonly units: number;
  readonly failed: number;
  readonly booted: Micros;
}

/** The questions of the journal's socket. */
export interface JournalCalls {
  append: { ask: LogLine; answer: null };
  /** Entries after a sequence number; waits for the first one when `wait` and there is none. */
  read: { ask: { after: number; wait: boolean }; answer: { entries: readonly JournalEntry[]; boot: string } };
}
