import { startProcess } from '../kernel/boot.js';
import type { Bytes } from '../kernel/bytes.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import { credentialsOf, findUser } from '../kernel/libc/accounts.js';
import type { Process } from '../kernel/process.js';
import type { Program } from '../kernel/sys.js';
import type { Terminal, WindowSize } from '../kernel/terminal.js';
import { loginEnvironment } from './accounts.js';

/** A login at a host's terminal, from outside the simulation. */
export interface Seat {
  readonly terminal: Terminal;
  readonly host: HostKernel;
}

export interface SeatEvents {
  output(bytes: Bytes): void;
  closed(status: number): void;
}

/** Programs that are shells when they are started with nothing to run, and those that bring one. */
const SHELLS: ReadonlySet<string> = new Set(['ash', 'bash', 'dash', 'sh']);
const BRING_SHELLS: ReadonlySet<string> = new Set(['su', 'sudo']);

/** Status of a login that could not begin. */
const NO_LOGIN = 1;

/**
 * Opens a terminal on a host and logs a person in: a login shell, whose end is the terminal's. Without `echo` the
 * terminal shows only what programs print, as for one that types from a script.
 */
export function openSeat(host: HostKernel, user: string, size: WindowSize, echo: boolean, events: SeatEvents): Seat {
  const terminal = host.openTerminal(size);
  if (!echo) terminal.setModes({ ...terminal.modes, echo: false });
  terminal.onOutput = (bytes) => events.output(bytes);
  const attend: Program = function* attend(sys) {
    const account = findUser(sys, user);
    let status = NO_LOGIN;
    if (account) {
      const shell = sys.spawn(account.shell, [`-${account.shell.slice(account.shell.lastIndexOf('/') + 1)}`], {
        session: true,
        terminal,
        environment: echo ? loginEnvironment(account) : loginEnvironment(account).set('TERM', 'dumb'),
        directory: account.home,
        credentials: credentialsOf(sys, account),
      });
      const change = yield* sys.wait(shell);
      if (change?.kind === 'exited') status = 'code' in change.status ? change.status.code : 128;
    }
    host.closeTerminal(terminal);
    events.closed(status);
    return status;
  };
  startProcess(host, attend, ['login', '--', user]);
  return { terminal, host };
}

/**
 * The name of the program that whoever sits before a terminal waits for; undefined for a shell at its prompt. A program
 * that carries keys to another terminal of this machine (ssh, kubectl exec) is looked through.
 */
export function programAt(hosts: Iterable<HostKernel>, terminal: Pick<Terminal, 'wantsInput'>): string | undefined {
  const all = [...hosts];
  const host = all.find((one) => [...one.openTerminals].some((open) => open === terminal));
  const own = [...(host?.openTerminals ?? [])].find((open) => open === terminal);
  const leader = own && host?.find(own.foreground);
  if (!own || !leader || leader.ended) return undefined;
  if (own.carriedTo && own.carriedTo !== 'nobody') return programAt(all, own.carriedTo);
  return isShell(leader) ? undefined : nameOf(leader);
}

function nameOf({ args: [command = ''] }: Process): string {
  return command.slice(command.lastIndexOf('/') + 1).replace(/^-/, '');
}

function isShell(process: Process): boolean {
  const operands = process.args.slice(1).filter((word) => !/^-(?!c$)/.test(word));
  if (BRING_SHELLS.has(nameOf(process))) return [...process.children].every(isShell);
  return SHELLS.has(nameOf(process)) && operands.length === 0;
}
