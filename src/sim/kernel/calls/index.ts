import { capable } from '../capabilities.js';
import { ListenerSocket, openConversation } from '../conversation.js';
import { COST } from '../cost.js';
import { Errno, isErrno } from '../errno.js';
import type { Connection, Listener, ListenSpec, NetworkNamespace, Target } from '../network.js';
import type { Process } from '../process.js';
import type { Socket, Sys } from '../sys.js';
import type { Micros } from '../time.js';
import { SECOND } from '../time.js';
import type { Waiting } from '../wait.js';
import { TerminalCalls } from './terminals.js';

/** How long a TCP handshake is tried before ETIMEDOUT (tcp_syn_retries of Linux). */
const CONNECT_TIMEOUT: Micros = 127 * SECOND;
/** What stands for address and port on a socket in the file tree. */
const LOCAL = { address: 'local', port: 0 };

/** Where ports begin that are anybody's, and the setting that says otherwise. */
const FREE_PORTS_FROM = 1024;
const FREE_PORTS_SETTING = 'net/ipv4/ip_unprivileged_port_start';
const SOCKET_MODE = 0o660;

class ProcessSys extends TerminalCalls implements Sys {
  *connect(target: Target, timeout: Micros = CONNECT_TIMEOUT): Waiting<Connection> {
    this.sift('connect');
    this.charge(COST.connect);
    return yield* this.process.context.network.connect(target, timeout);
  }

  listen(spec: ListenSpec): Listener {
    this.sift('bind');
    const { context, credentials } = this.process;
    const free = Number(context.sysctls?.get(FREE_PORTS_SETTING) ?? FREE_PORTS_FROM);
    if (spec.port < free && !capable(credentials, 'NET_BIND_SERVICE')) throw new Errno('EACCES');
    return this.keep(this.process.context.network.listen(spec));
  }

  network(): NetworkNamespace {
    return this.process.context.network;
  }

  sockets(): readonly Socket[] {
    const { host, context, space, credentials } = this.process;
    const holders = new Map<Listener, Process>();
    for (const process of host.processes()) for (const listener of process.listeners) holders.set(listener, process);
    return context.network.listeners().map((listener) => {
      const holder = holders.get(listener);
      const visible = holder && (credentials.uid === 0 || credentials.uid === holder.credentials.uid);
      const name = (holder?.args[0] ?? '').split('/').at(-1) ?? '';
      return { spec: listener.spec, process: visible ? { pid: space.local(holder.pid), name } : undefined };
    });
  }

  listenPath(path: string, spec: Omit<ListenSpec, 'port'>): Listener {
    const { context, credentials } = this.process;
    const listener = new ListenerSocket({ ...spec, port: 0 }, () => {});
    try {
      context.files.bindSocket(this.absolute(path), listener, SOCKET_MODE, credentials);
    } catch (error) {
      throw isErrno(error, 'EEXIST') ? new Errno('EADDRINUSE') : error;
    }
    return this.keep(listener);
  }

  connectPath(path: string): Connection {
    this.charge(COST.connect);
    const { context, credentials } = this.process;
    const listener = context.files.socketService(this.absolute(path), credentials);
    if (!(listener instanceof ListenerSocket && listener.open)) throw new Errno('ECONNREFUSED');
    const { kernel } = this.process.host;
    return openConversation(listener, LOCAL, LOCAL, '', { now: () => kernel.now(), handshake: kernel.handshake });
  }

  protected of(process: Process): Sys {
    return process === this.process ? this : createSys(process);
  }

  /** A listener lives no longer than its process. */
  private keep(listener: Listener): Listener {
    this.process.listeners.add(listener);
    return listener;
  }
}

/** The system calls as one process sees them. */
export function createSys(process: Process): Sys {
  return new ProcessSys(process);
}
