import { SECOND } from '../../kernel/time.js';
import type { Shell } from './shell.js';
import { onNewShell } from './shell.js';
import { Variable } from './variable.js';

/** What this shell says it is. */
export const BASH_VERSION = '5.2.15(1)-release';

type Scalar = {
  readonly read: (shell: Shell) => string;
  readonly assign?: (shell: Shell, value: string) => void;
  readonly readonly?: boolean;
  readonly integer?: boolean;
};

/** Variables whose values the shell computes, by name. */
const SCALARS: Readonly<Record<string, Scalar>> = {
  BASHPID: { read: (shell) => String(shell.sys.pid), assign: () => {} },
  BASH_COMMAND: { read: (shell) => shell.executing, assign: () => {} },
  BASH_SUBSHELL: { read: (shell) => String(shell.depth), assign: () => {} },
  EPOCHREALTIME: {
    read: (shell) => {
      const now = shell.sys.now();
      return `${Math.floor(now / SECOND)}.${String(now % SECOND).padStart(6, '0')}`;
    },
    assign: () => {},
  },
  EPOCHSECONDS: { read: (shell) => String(Math.floor(shell.sys.now() / SECOND)), assign: () => {} },
  HISTCMD: { read: (shell) => String(shell.historyBase + shell.history.length), assign: () => {} },
  LINENO: { read: (shell) => String(shell.line), assign: (shell, value) => (shell.line = Number(value) || 0) },
  RANDOM: {
    read: (shell) => String(shell.random.below(32768)),
    assign: (shell, value) => (shell.random = shell.random.fork(`RANDOM=${value}`)),
    integer: true,
  },
  SECONDS: {
    read: (shell) => String(Math.floor((shell.sys.now() - shell.started) / SECOND)),
    assign: (shell, value) => (shell.started = shell.sys.now() - (Number.parseInt(value, 10) || 0) * SECOND),
    integer: true,
  },
  SHELLOPTS: { read: (shell) => shell.options.names(), readonly: true },
  BASHOPTS: {
    read: (shell) =>
      [...shell.options.shopt]
        .filter(([, on]) => on)
        .map(([name]) => name)
        .sort()
        .join(':'),
    readonly: true,
  },
  SRANDOM: { read: (shell) => String(shell.random.uint32()), assign: () => {} },
};

const ARRAYS: Readonly<Record<string, (shell: Shell) => readonly string[]>> = {
  BASH_LINENO: (shell) => framesOf(shell).map(({ callLine }) => String(callLine)),
  BASH_SOURCE: (shell) => framesOf(shell).map(({ file }) => file),
  DIRSTACK: (shell) => [shell.directory, ...shell.directories],
  FUNCNAME: (shell) =>
    shell.frames.some(({ kind }) => kind === 'function') ? framesOf(shell).map(({ name }) => name) : [],
  GROUPS: (shell) =>
    [
      shell.sys.credentials.gid,
      ...shell.sys.credentials.groups.filter((group) => group !== shell.sys.credentials.gid),
    ].map(String),
  PIPESTATUS: (shell) => shell.pipeStatus.map(String),
};

function framesOf(shell: Shell) {
  return [...shell.frames].reverse();
}

/** Gives a shell its computed variables. */
function installSpecialVariables(shell: Shell): void {
  const has = (name: string) => shell.dialect?.computed.has(name) ?? true;
  for (const [name, { read, assign, readonly, integer }] of Object.entries(SCALARS)) {
    if (!has(name)) continue;
    const variable = new Variable();
    variable.compute = () => read(shell);
    if (assign) variable.onAssign = (value) => assign(shell, value);
    if (readonly) variable.attributes.add('r');
    if (integer) variable.attributes.add('i');
    shell.variables.define(name, variable);
  }
  for (const [name, read] of Object.entries(ARRAYS)) {
    if (!has(name)) continue;
    const variable = new Variable();
    variable.computeItems = () => read(shell);
    variable.onAssign = () => {};
    shell.variables.define(name, variable);
  }
}

onNewShell(installSpecialVariables);
