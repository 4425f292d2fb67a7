import { goQuote } from '../../api/go-text.js';
import type { CriContainerConfig } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import type { Cgroup } from '../../kernel/cgroup.js';
import { Errno, isErrno } from '../../kernel/errno.js';
import type { FileSystem, OpenFile } from '../../kernel/files.js';
import { isNamed } from '../../kernel/libc/exists.js';
import { type Signal, signalByName } from '../../kernel/signals.js';
import type { ContainerContext, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { goErrno } from '../go-errno.js';
import type { BindMount, RuntimePort } from '../runtime-port.js';
import { demandProfile } from './apparmor.js';
import { capabilitySet } from './capability-set.js';
import { makeCgroup } from './cgroups.js';
import type { ImageStore } from './images.js';
import { LogWriter } from './log-writer.js';
import type { ProcessSpec, RunningProcess } from './process.js';
import { readIn, startInContainer } from './process.js';
import { execCause, mountCause, runcStartError } from './runc-words.js';
import { seccompFilter } from './seccomp.js';
import type { Container, RuntimeState, Sandbox } from './state.js';
import { newEnded } from './state.js';
import { credentialsOf, resolveUser } from './users.js';

const START_ERROR_CODE = 128;
const ROOT = { uid: 0, gid: 0, groups: [0] };

/** Containers: roots, processes, output, ends. */
export class Containers {
  private readonly sys: Sys;
  private readonly port: RuntimePort;
  private readonly state: RuntimeState;
  private readonly images: ImageStore;
  private readonly newId: () => string;

  constructor(sys: Sys, port: RuntimePort, state: RuntimeState, images: ImageStore, newId: () => string) {
    this.sys = sys;
    this.port = port;
    this.state = state;
    this.images = images;
    this.newId = newId;
  }

  /** Throws `CriError`. */
  find(id: string): Container {
    const exact = this.state.containers.get(id);
    if (exact) return exact;
    const matching = [...this.state.containers.values()].filter((container) => container.id.startsWith(id));
    const [only] = matching;
    if (matching.length === 1 && only && id !== '') return only;
    throw new CriError(`an error occurred when try to find container "${id}": not found`, 'NotFound');
  }

  /** Makes a container that has not run yet. Throws `CriError`. */
  create(sandboxId: string, config: CriContainerConfig): string {
    const sandbox = this.state.sandboxes.get(sandboxId);
    if (!sandbox?.shim) throw new CriError(`failed to find sandbox id "${sandboxId}": not found`, 'NotFound');
    const image = this.images.find(config.imageRef);
    if (!image) throw new CriError(`failed to get image from containerd "${config.imageRef}": not found`, 'NotFound');
    const id = this.newId();
    const processes = this.processSpace(sandbox, id, config.targetId);
    const cgroup = makeCgroup(sandbox.cgroup, `cri-containerd-${id}.scope`, config.resources);
    const bounding = capabilitySet(config.capabilities, config.privileged);
    demandProfile(this.sys, config);
    const seccomp = config.privileged ? undefined : seccompFilter(this.sys, config.seccomp, bounding);
    const files = this.buildRoot(id, image, config, { processes, cgroup, sysctls: sandbox.sysctls });
    const context: ContainerContext = {
      id,
      files,
      network: sandbox.network,
      hostname: sandbox.config.hostNetwork ? this.sys.hostname() : sandbox.config.hostname,
      processes,
      sysctls: sandbox.sysctls,
      ...(seccomp ? { seccomp } : {}),
      cgroup,
      oomScoreAdjust: config.resources.oomScoreAdjust ?? 0,
    };
    const passwd = readIn(context, '/etc/passwd');
    const user = resolveUser(passwd, readIn(context, '/etc/group'), config);
    const own = [...(image.config.entrypoint ?? []), ...(image.config.portsAsArguments ? portArguments(config) : [])];
    const command = config.command.length > 0 ? config.command : own;
    const args = config.command.length > 0 || config.args.length > 0 ? config.args : (image.config.command ?? []);
    if (command.length + args.length === 0)
      throw new CriError('failed to generate container spec: no command specified');
    const container: Container = {
      id,
      sandbox,
      config: { ...config, command, args },
      image,
      createdAt: this.sys.now(),
      logPath: `${sandbox.config.logDirectory}/${config.logPath}`,
      context,
      cgroup,
      environment: environmentOf(image.config.environment ?? [], config, context.hostname, homeOf(passwd, user.uid)),
      user,
      credentials: credentialsOf(user, bounding, config.noNewPrivileges),
      listeners: new Set(),
      ended: newEnded(),
      state: 'CONTAINER_CREATED',
      startedAt: undefined,
      finishedAt: undefined,
      exitCode: 0,
      reason: '',
      message: '',
      pid: undefined,
      terminal: undefined,
      log: undefined,
      stdin: undefined,
    };
    // As containerd hears of it by the group's events.
    cgroup.onOomKill = () => {
      container.reason = 'OOMKilled';
    };
    this.state.containers.set(id, container);
    this.state.emit('CREATED', id, sandbox.config.uid);
    return id;
  }

  /** Runs a container's command. Throws `CriError` with runc's words; the container is then over. */
  *start(id: string): Waiting<void> {
    const container = this.find(id);
    const { shim } = container.sandbox;
    if (container.state !== 'CONTAINER_CREATED' || !shim)
      throw new CriError(`failed to start container "${id}": container is in ${container.state} state`);
    yield* this.sys.sleep(this.port.timing.container);
    const log = this.openLog(container);
    const output: ProcessSpec['output'] = (stream, bytes) => {
      log.write(stream, bytes);
      for (const listener of container.listeners) listener(stream, bytes);
    };
    let process: RunningProcess;
    try {
      makeWorkingFolder(container);
      process = startInContainer(shim, container, { ...processOf(container), output });
    } catch (error) {
      log.close();
      const { command, args } = container.config;
      const message =
        error instanceof CriError ? error.message : runcStartError(execCause(command[0] ?? args[0] ?? '', error));
      this.over(container, START_ERROR_CODE, 'StartError', message);
      container.startedAt = 0;
      throw new CriError(message);
    }
    container.state = 'CONTAINER_RUNNING';
    container.startedAt = this.sys.now();
    container.pid = process.pid;
    container.terminal = process.terminal;
    container.log = log;
    container.stdin = process.stdin;
    this.state.emit('STARTED', id, container.sandbox.config.uid);
    shim.thread(() => this.supervise(container, process, log));
  }

  /** Ends a container: its stop signal, then after the grace period KILL. */
  *stop(id: string, timeoutSeconds: number): Waiting<void> {
    const container = this.find(id);
    if (container.state !== 'CONTAINER_RUNNING' || container.pid === undefined) return;
    if (timeoutSeconds > 0) {
      this.signal(container, stopSignalOf(container));
      const until = this.sys.now() + timeoutSeconds * SECOND;
      while (container.pid !== undefined && this.sys.now() < until) yield { queues: [container.ended], until };
    }
    if (container.pid === undefined) return;
    this.signal(container, 'KILL');
    while (container.pid !== undefined) yield container.ended;
  }

  *remove(id: string): Waiting<void> {
    if (!this.state.containers.has(id)) return;
    yield* this.stop(id, 0);
    const container = this.find(id);
    container.cgroup.remove();
    this.state.containers.delete(id);
    this.state.emit('DELETED', id, container.sandbox.config.uid);
  }

  /** Containers whose processes went with the machine. */
  recover(): void {
    const alive = new Set(this.sys.processes().map(({ pid }) => pid));
    for (const container of this.state.containers.values()) {
      if (container.pid === undefined || alive.has(container.pid)) continue;
      container.pid = undefined;
      this.over(container, 255, 'Unknown', '');
    }
  }

  private *supervise(container: Container, process: RunningProcess, log: LogWriter): Waiting<void> {
    const code = yield* process.wait();
    log.end('stdout');
    log.end('stderr');
    log.close();
    container.log = undefined;
    container.pid = undefined;
    process.terminal?.hangUp();
    this.over(container, code, container.reason || (code === 0 ? 'Completed' : 'Error'), '');
  }

  private over(container: Container, code: number, reason: string, message: string): void {
    container.state = 'CONTAINER_EXITED';
    container.exitCode = code;
    container.reason = reason;
    container.message = message;
    container.finishedAt = this.sys.now();
    container.ended.wakeAll();
    this.state.emit('STOPPED', container.id, container.sandbox.config.uid);
  }

  private signal(container: Container, signal: Signal): void {
    try {
      if (container.pid !== undefined) this.sys.kill(container.pid, signal);
    } catch (error) {
      // It ended a moment ago; whoever supervises it will say so.
      if (!isErrno(error, 'ESRCH')) throw error;
    }
  }

  /** Throws `CriError` when the container whose processes are to be seen does not run. */
  private processSpace(sandbox: Sandbox, id: string, targetId: string | undefined): string {
    if (targetId !== undefined) {
      const target = this.find(targetId);
      if (target.state === 'CONTAINER_RUNNING') return target.context.processes;
      const why = `container ${goQuote(target.id)} is not running - in state ${target.state}`;
      throw new CriError(`failed to generate container ${goQuote(id)} spec: invalid target container: ${why}`);
    }
    if (sandbox.config.hostPid) return this.port.hostProcesses;
    return sandbox.config.sharedProcesses ? sandbox.id : id;
  }

  /** What is mounted, deeper places later, whatever the order in the pod; the host's folders are made where they are missing. */
  private mountsOf({ mounts }: CriContainerConfig): BindMount[] {
    return mounts
      .toSorted((one, other) => depthOf(one) - depthOf(other))
      .map(({ image, ...mount }) => {
        if (image !== undefined) {
          const source = this.images.find(image);
          if (!source)
            throw new CriError(`failed to mount image volume: failed to resolve image "${image}": not found`);
          return { ...mount, image: source };
        }
        if (!isNamed(this.sys, mount.hostPath)) makeFolders(this.sys.fileSystem(), mount.hostPath);
        return mount;
      });
  }

  private buildRoot(
    containerId: string,
    image: Container['image'],
    config: CriContainerConfig,
    { processes, cgroup, sysctls }: { processes: string; cgroup: Cgroup; sysctls: ReadonlyMap<string, string> },
  ): FileSystem {
    try {
      const { readOnlyRoot: readOnly } = config;
      const settings = { values: sysctls, writable: config.privileged || config.unmaskedProc };
      const mounts = this.mountsOf(config);
      return this.port.buildRoot({ containerId, image, mounts, readOnly, processes, cgroup, settings });
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      const bad = config.mounts.find(({ hostPath, image: own }) => own === undefined && !isNamed(this.sys, hostPath));
      const mount = bad ?? config.mounts.at(-1);
      throw new CriError(
        bad
          ? `failed to generate container "${containerId}" spec: failed to generate spec: failed to mkdir "${bad.hostPath}": mkdir ${bad.hostPath}: ${goErrno(error)}`
          : runcStartError(mountCause(mount?.hostPath ?? '', mount?.containerPath ?? '', error)),
      );
    }
  }

  /** A running container's output goes on in a new file at the same path. Throws `CriError`. */
  reopenLog(id: string): void {
    const container = this.find(id);
    if (container.state !== 'CONTAINER_RUNNING') throw new CriError('container is not running');
    container.log?.reopen(this.logFile(container));
  }

  private openLog(container: Container): LogWriter {
    return new LogWriter(this.logFile(container), () => this.sys.now());
  }

  private logFile(container: Container): OpenFile {
    const files = this.sys.fileSystem();
    makeFolders(files, container.logPath.replace(/\/[^/]*$/, ''));
    return files.open(container.logPath, { write: true, append: true, create: true }, 0o640, ROOT);
  }
}

/** What a container's own process is: its command and arguments, where, and with which streams. */
export function processOf({ config, environment, image }: Container): Omit<ProcessSpec, 'output'> {
  return {
    command: [...config.command, ...config.args],
    environment,
    directory: config.workingDirectory || image.config.workingDirectory || '/',
    tty: config.tty,
    stdin: config.stdin,
  };
}

/** The folder that a container begins in is made where it is missing. Throws `CriError` with runc's words. */
function makeWorkingFolder(container: Container): void {
  const { files } = container.context;
  let at = '';
  for (const name of processOf(container).directory.split('/').filter(Boolean)) {
    at += `/${name}`;
    try {
      if (files.stat(at, ROOT).type !== 'directory') throw runcMkdirError(at, new Errno('ENOTDIR'));
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
      makeFolder(files, at);
    }
  }
}

function makeFolder(files: FileSystem, path: string): void {
  try {
    files.makeDirectory(path, 0o755, ROOT);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    throw runcMkdirError(path, error);
  }
}

function runcMkdirError(path: string, error: Errno): CriError {
  return new CriError(runcStartError(`mkdir ${path}: ${goErrno(error)}`));
}

/** The ports that kubelet noted for a container, for a server that is told them. */
function portArguments({ annotations }: CriContainerConfig): string[] {
  const noted = annotations['io.kubernetes.container.ports'];
  const ports = noted === undefined ? [] : (JSON.parse(noted) as { containerPort: number; protocol?: string }[]);
  return ports
    .filter(({ protocol = 'TCP' }) => protocol === 'TCP')
    .map(({ containerPort }) => `--port=${containerPort}`);
}

function depthOf({ containerPath }: CriContainerConfig['mounts'][number]): number {
  return containerPath.split('/').filter(Boolean).length;
}

function stopSignalOf({ config, image }: Container): Signal {
  return signalByName(config.stopSignal ?? image.config.stopSignal ?? 'TERM') ?? 'TERM';
}

function environmentOf(
  image: readonly string[],
  config: CriContainerConfig,
  hostname: string,
  home: string,
): ReadonlyMap<string, string> {
  const environment = new Map<string, string>();
  for (const pair of image) {
    const at = pair.indexOf('=');
    environment.set(pair.slice(0, at), pair.slice(at + 1));
  }
  environment.set('HOSTNAME', hostname);
  if (config.tty) environment.set('TERM', 'xterm');
  for (const [name, value] of config.environment) environment.set(name, value);
  if (!environment.has('HOME')) environment.set('HOME', home);
  return environment;
}

function homeOf(passwd: string, uid: number): string {
  const line = passwd.split('\n').find((entry) => entry.split(':')[2] === String(uid));
  return line?.split(':')[5] ?? '/';
}

function makeFolders(files: FileSystem, path: string): void {
  let at = '';
  for (const name of path.split('/').filter(Boolean)) {
    at += `/${name}`;
    try {
      files.makeDirectory(at, 0o755, ROOT);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
}
