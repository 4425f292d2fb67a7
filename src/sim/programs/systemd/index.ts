import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { SYSTEM_BUS } from '../../kernel/libc/login1.js';
import { ownSocket } from '../../kernel/libc/own-socket.js';
import type { Listener, Message } from '../../kernel/network.js';
import type { Program, Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { CallParts } from './calls.js';
import { managerCalls, serveJournal, serveManager } from './calls.js';
import { Children } from './children.js';
import { Commands } from './commands.js';
import { controlGroupOf, processesOf } from './control-group.js';
import { DelayLocks } from './delay-locks.js';
import { openJournal } from './journal.js';
import { LogWriter } from './log-writer.js';
import { Manager } from './manager.js';
import { JOURNAL_SOCKET, MANAGER_SOCKET, NOTIFY_SOCKET } from './protocol.js';
import { writeUplinkServers } from './resolved.js';
import { Services } from './service.js';

const VERSION = '255.4-1ubuntu8.10';
/** How long processes have to end by themselves before the machine goes down. */
const SHUTDOWN_PATIENCE = 2 * SECOND;

/** From the last process's end until the kernel is up again: firmware, boot loader, kernel. */
const RESTART_SPAN = 8 * SECOND;

type Power = 'reboot' | 'poweroff' | 'halt';

const run: Program = function* (sys) {
  const children = new Children(sys);
  sys.thread(() => children.reap());
  for (;;) {
    const action = yield* new Life(sys, children).run();
    if (action !== 'reboot') for (;;) yield new WaitQueue();
    yield* sys.sleep(RESTART_SPAN);
  }
};

/** systemd as process 1: brings the machine up, keeps its services running, and takes it down again. */
export const systemd: InstalledProgram = {
  name: 'systemd',
  paths: ['/usr/lib/systemd/systemd', '/usr/sbin/init'],
  run,
};

/** The machine from boot to shutdown. */
class Life {
  private readonly sys: Sys;
  private readonly children: Children;
  private readonly log: LogWriter;
  private readonly manager: Manager;
  private readonly parts: CallParts;
  private readonly powerAsked = new WaitQueue();
  private readonly delayLocks = new DelayLocks();
  private power: Power | undefined;
  private planned: { action: Power; at: number } | undefined;

  constructor(sys: Sys, children: Children) {
    this.sys = sys;
    this.children = children;
    const boot = newBoot(sys);
    this.log = new LogWriter(sys, openJournal(sys), boot, (pid) => this.ownerOf(pid));
    const commands = new Commands(sys, children, this.log);
    const services = new Services({ sys, children, commands, log: this.log });
    this.manager = new Manager(sys, services, this.log);
    this.parts = {
      sys,
      manager: this.manager,
      log: this.log,
      booted: sys.now(),
      power: (action, at) => {
        this.planned = action === 'cancel' ? undefined : { action, at: at ?? sys.now() };
        this.powerAsked.wakeAll();
      },
      isStopping: () => this.power !== undefined,
    };
  }

  *run(): Waiting<Power> {
    this.prepare();
    this.startJournal();
    const listeners = this.listen();
    this.sys.thread(() => this.bringUp());
    yield* this.awaitPower();
    yield* this.takeDown();
    for (const listener of listeners) listener.close();
    return this.power ?? 'poweroff';
  }

  private *awaitPower(): Waiting<void> {
    for (;;) {
      const { planned } = this;
      if (planned && planned.at <= this.sys.now()) {
        this.power = planned.action;
        return;
      }
      yield planned ? { queues: [this.powerAsked], until: planned.at } : this.powerAsked;
    }
  }

  /** What of the last life must not last: /run and /tmp. */
  private prepare(): void {
    const { sys, log } = this;
    for (const path of ['/run', '/tmp']) removeBelow(sys, path);
    for (const path of ['/run/lock', '/run/dbus', '/run/systemd', '/run/systemd/journal', '/run/user']) {
      try {
        sys.makeDirectory(path, path === '/run/lock' ? 0o777 : 0o755);
      } catch (error) {
        if (!isErrno(error, 'EEXIST')) throw error;
      }
    }
    writeUplinkServers(sys);
    log.kernel(`Linux version ${readLine(sys, '/proc/sys/kernel/osrelease')} (buildd@lcy02-amd64)`);
    log.kernel(`Command line: ${readLine(sys, '/proc/cmdline')}`);
    log.manager(`systemd ${VERSION} running in system mode`);
    log.manager(`Hostname set to <${sys.hostname()}>.`);
  }

  /** The journal's own process. Pid 1 does its work; as long as it is there, pid 1 also hears of orphans that end. */
  private startJournal(): void {
    const idle: Program = function* () {
      for (;;) yield new WaitQueue();
    };
    this.children.add(
      this.sys.fork(idle, {
        ...{ session: true, title: '/usr/lib/systemd/systemd-journald' },
        controlGroup: controlGroupOf({ name: 'systemd-journald.service' }),
      }),
    );
  }

  private *bringUp(): Waiting<void> {
    yield* this.manager.start(this.manager.get('default.target'));
    const seconds = ((this.sys.now() - this.parts.booted) / SECOND).toFixed(3);
    this.log.manager(`Startup finished in ${seconds}s.`);
  }

  private listen(): Listener[] {
    const { sys, parts, log } = this;
    const calls = managerCalls(parts);
    const serve = (path: string, handler: (message: Message) => Waiting<Message>) => {
      const listener = ownSocket(sys, path, { application: 'local', handler });
      sys.changeMode(path, 0o666);
      return listener;
    };
    return [
      serve(MANAGER_SOCKET, (message) => serveManager(parts, calls, message)),
      serve(JOURNAL_SOCKET, (message) => serveJournal(log.journal, log, message)),
      serve(NOTIFY_SOCKET, (message) => this.notified(message)),
      serve(SYSTEM_BUS, (message) => this.delayLocks.answer(message)),
    ];
  }

  private *notified(message: Message): Waiting<Message> {
    if (message.kind === 'local') {
      const { pid, state } = message.payload as { pid: number; state: string };
      for (const unit of this.manager.units.values()) {
        if (
          !state.split('\n').includes('READY=1') ||
          !processesOf(this.sys, unit).some((process) => process.pid === pid)
        )
          continue;
        unit.ready = true;
        unit.changed.wakeAll();
      }
    }
    return { kind: 'local-response', payload: null };
  }

  private ownerOf(pid: number): string | undefined {
    for (const unit of this.manager.units.values()) {
      if (processesOf(this.sys, unit).some((process) => process.pid === pid)) return unit.name;
    }
    return undefined;
  }

  private *takeDown(): Waiting<void> {
    const { sys, log } = this;
    yield* this.delayLocks.prepare(sys);
    log.manager(`The system will ${this.power === 'reboot' ? 'reboot' : 'power off'} now!`);
    yield* this.manager.stopAll();
    log.manager('Reached target shutdown.target - System Shutdown.');
    signalAll(sys, 'TERM');
    const until = sys.now() + SHUTDOWN_PATIENCE;
    while (othersRun(sys) && sys.now() < until) yield* sys.sleep(SECOND / 20);
    signalAll(sys, 'KILL');
    while (othersRun(sys)) yield* sys.sleep(1000);
    log.manager('Shutting down.');
  }
}

function othersRun(sys: Sys): boolean {
  return sys.processes().some(({ pid, state }) => pid !== 1 && state !== 'Z');
}

function signalAll(sys: Sys, signal: 'TERM' | 'KILL'): void {
  try {
    sys.kill(-1, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}

/** Tells the kernel that a new life begins and reads what it calls it. */
function newBoot(sys: Sys): string {
  try {
    sys.writeFile('/proc/sys/kernel/random/boot_id', '\n');
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  return readLine(sys, '/proc/sys/kernel/random/boot_id').replaceAll('-', '');
}

function readLine(sys: Sys, path: string): string {
  try {
    return decodeText(sys.readFile(path)).trim();
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}

function removeBelow(sys: Sys, path: string): void {
  for (const { name, type } of sys.readDirectory(path)) {
    const each = `${path}/${name}`;
    try {
      if (type === 'directory') {
        removeBelow(sys, each);
        sys.removeDirectory(each);
      } else sys.unlink(each);
    } catch (error) {
      // A mount point stays.
      if (!isErrno(error)) throw error;
    }
  }
}
