import { startProcess } from '../kernel/boot.js';
import type { Bytes } from '../kernel/bytes.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import { credentialsOf, findUser } from '../kernel/libc/accounts.js';
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
