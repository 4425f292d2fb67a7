import { isErrno } from '../../kernel/errno.js';
import type { Random } from '../../kernel/random.js';
import type { Signal } from '../../kernel/signals.js';
import type { ChildOptions, Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { textToBytes } from '../format/byte-text.js';
import type { Dialect } from './dialect.js';
import { BackToPrompt, HangUp, isTooDeep, ShellExit, TOO_DEEP } from './failures.js';
import { JobTable } from './jobs.js';
import { Options } from './options.js';
import { Variables } from './variables.js';

/** A command's outcome: its status, or the steps that lead to it when they may wait. */
export type Step = number | Waiting<number>;
/** A command ready to run. */
export type Command = (shell: Shell) => Step;
/** A built-in: its name and arguments, as a program gets them. */
export type Builtin = (shell: Shell, args: readonly string[]) => Step;

/** A function and the source it was made from. */
export interface ShellFunction {
  readonly name: string;
  readonly body: Command;
  /** As `declare -f` prints it. */
  readonly print: () => string;
  readonly file: string;
  readonly line: number;
}

/** What is being executed: a function, a sourced file, or the script itself. */
export interface CallFrame {
  readonly kind: 'function' | 'source' | 'main';
  readonly name: string;
  readonly file: string;
  /** The line it was called from. */
  readonly callLine: number;
  readonly args: readonly string[];
}

/** Programmable completion for a command. */
export interface CompletionSpec {
  readonly function?: string;
  readonly command?: string;
  readonly words?: string;
  readonly actions: readonly string[];
  readonly options: ReadonlySet<string>;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly glob?: string;
  readonly filter?: string;
}

/** One value in `name=( … )`, with its subscript if one is written. */
export interface ArrayValuePair {
  readonly subscript: string | undefined;
  readonly value: string;
  readonly append?: boolean;
}

/** What the parts of the shell that run commands offer to the built-ins. */
export interface Runner {
  /** Runs a text's commands one after the other, as `eval`, `source` and `-c` do. */
  runText(
    shell: Shell,
    text: string,
    options?: { line?: number; name?: string; keepsGoing?: boolean },
  ): Waiting<number>;
  callFunction(shell: Shell, definition: ShellFunction, args: readonly string[]): Waiting<number>;
  /** Runs a simple command whose words are already expanded. `functions` false: only built-ins and programs. */
  runWords(
    shell: Shell,
    args: readonly string[],
    options?: { functions?: boolean; replace?: boolean },
  ): Waiting<number>;
  /** Expands a text as inside double quotes. */
  expandText(shell: Shell, text: string): Waiting<string>;
  /** The same where nothing may wait; command substitutions are left as they are. */
  expandNow(shell: Shell, text: string): string;
  /** A prompt's text with its backslash escapes and expansions. */
  expandPrompt(shell: Shell, text: string): Waiting<string>;
  /** The fields that an assignment's parenthesised list gives, as pairs of subscript (if written) and value. */
  arrayValues(shell: Shell, list: string): Waiting<ArrayValuePair[]>;
  /** The whole shell as a program: scripts without `#!`. */
  runProgram(sys: Sys, args: readonly string[], environment: ReadonlyMap<string, string>): Waiting<number>;
  runTrap(shell: Shell, name: string): Waiting<void>;
}

const FORK_RETRIES: readonly Micros[] = [1, 2, 4, 8].map((seconds) => seconds * SECOND);

/** What all shells of one kind share. */
export interface ShellParts {
  readonly builtins: ReadonlyMap<string, Builtin>;
  readonly runner: Runner;
  readonly dialect?: Dialect | undefined;
}

/** The whole state of one shell process. Subshells get a copy. */
export class Shell {
  readonly sys: Sys;
  readonly variables = new Variables();
  readonly options: Options;
  readonly aliases: Map<string, string>;
  readonly functions: Map<string, ShellFunction>;
  readonly jobs = new JobTable();
  readonly traps: Map<string, string>;
  /** Names of PATH already looked up. */
  readonly hashed: Map<string, { path: string; hits: number }>;
  readonly completions: Map<string, CompletionSpec>;
  readonly disabled: Set<string>;
  readonly builtins: ReadonlyMap<string, Builtin>;
  readonly runner: Runner;
  /** How it differs from bash; undefined: it is bash. */
  readonly dialect: Dialect | undefined;
  /** The built-in that runs commands (`eval`): a dialect's messages name it. */
  speaker: string | undefined;
  /** `$0` was given with `-c`. */
  namedCommand = false;
  /** Lines read at the prompt. */
  linesRead = 0;
  /** Directories of pushd, without the current one. */
  directories: string[] = [];
  /** What `pwd` shows: the working directory with its symbolic links. */
  directory = '/';
  name = 'bash';
  positional: string[] = [];
  status = 0;
  /** Set by a command substitution: the status of a command that has no words. */
  substitutionStatus: number | undefined;
  pipeStatus: number[] = [0];
  line = 0;
  /** `$$`: the first shell's process. */
  mainPid: number;
  lastBackground: number | undefined;
  lastArgument = '';
  depth = 0;
  interactive = false;
  /** The first shell of this family talks with a person: its subshells' messages name no lines either. */
  atPrompt = false;
  login = false;
  jobControl = false;
  /** Inside a condition, where `set -e` and ERR do not act. */
  conditional = 0;
  loops = 0;
  frames: CallFrame[] = [];
  /** The text of `-c`, else undefined. */
  commandString: string | undefined;
  executing = '';
  random: Random;
  started: Micros;
  history: string[] = [];
  historyBase = 1;
  getoptsOffset = 0;
  getoptsIndex = 1;
  /** Signals that came and whose traps have not run. */
  pending: Signal[] = [];
  /** Programs started for process substitutions; their descriptors close after the command. */
  openSubstitutions: number[] = [];
  lastSubstitution: number | undefined;
  inTrap = false;
  /** Whether this is a forked child that ends after one command: it may become the program it runs. */
  mayReplace = false;
  /** Commands come from standard input (`s` in `$-`). */
  readsInput = false;
  isSubshell = false;
  /** `export -f`. */
  exportedFunctions = new Set<string>();
  readonlyFunctions = new Set<string>();
  /** The options of the completion that is being made. */
  completing: Set<string> | undefined;
  /** What `ulimit` was told, by letter. */
  limits = new Map<string, string>();
  /** `exit` has warned of stopped jobs. */
  warnedOfJobs = false;
  /** Ctrl-D that IGNOREEOF has ignored in a row. */
  endsIgnored = 0;
  /** Commands run at the prompt so far (`\\#`). */
  commandCount = 1;
  /** Names of users, asked for by prompts. */
  userName: () => string = () =>
    this.variables.get('USER') ?? (this.sys.credentials.uid === 0 ? 'root' : 'I have no name!');
  /** The terminal that job control and readline work on. */
  terminalDescriptor = 2;
  /** A command list is being started with `&`. */
  startsBackground = false;
  /** How often the first character of PS4 is shown: once more in each command substitution and `eval`. */
  traceDepth = 1;
  /** Set while a built-in runs whose redirections are to stay (`exec`). */
  keepsRedirections = false;
  /** Values in parentheses that `declare` was given, by place. */
  arrayArguments: ReadonlyMap<number, readonly ArrayValuePair[]> | undefined;

  constructor(sys: Sys, shared: ShellParts, from?: Shell) {
    this.sys = sys;
    this.builtins = shared.builtins;
    this.runner = shared.runner;
    this.dialect = shared.dialect;
    this.options = new Options(from?.options);
    this.aliases = new Map(from?.aliases);
    this.functions = new Map(from?.functions);
    this.traps = new Map(from?.traps);
    this.hashed = new Map(from?.hashed);
    this.completions = new Map(from?.completions);
    this.disabled = new Set(from?.disabled);
    this.atPrompt = from?.atPrompt ?? false;
    this.mainPid = from?.mainPid ?? sys.pid;
    this.random = sys.random();
    this.started = from?.started ?? sys.now();
    this.variables.expandSubscript = (text) => this.runner.expandNow(this, text);
  }

  /** The prefix of messages: `bash: ` at a prompt, `bash: line 3: ` in a script. */
  get prefix(): string {
    return this.atPrompt ? `${this.sourceName}: ` : `${this.sourceName}: line ${this.line}: `;
  }

  get sourceName(): string {
    const file = this.frames.at(-1)?.file;
    return this.atPrompt || !file ? this.name : file;
  }

  /** Writes a message with the shell's prefix to standard error. */
  *complain(message: string): Waiting<void> {
    const saying = this.dialect?.say(message);
    if (!saying) yield* this.write(2, `${this.prefix}${message}\n`);
    else if (saying.words !== '') yield* this.write(2, `${this.dialect?.line(this, saying)}\n`);
  }

  /** Writes text; a closed or broken standard error is nobody's problem. */
  *write(descriptor: number, text: string): Waiting<void> {
    try {
      yield* this.sys.write(descriptor, textToBytes(text));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code === 'EINTR') yield* this.checkSignals();
    }
  }

  /** Writes a built-in's output to standard output. Returns its status: 1 when that failed, and said so. */
  *print(name: string, text: string): Waiting<number> {
    if (text === '') return 0;
    try {
      yield* this.sys.write(1, textToBytes(text));
      return 0;
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code === 'EINTR') yield* this.checkSignals();
      else yield* this.complain(`${name}: write error: ${error.message}`);
      return 1;
    }
  }

  /** Takes signals that came: traps run, Ctrl-C goes back to the prompt. Called between commands. */
  *checkSignals(): Waiting<void> {
    this.collectSignals();
    while (this.pending.length > 0) {
      const signal = this.pending.shift() as Signal;
      const trap = this.traps.get(signal);
      if (trap !== undefined) {
        if (trap !== '') yield* this.runner.runTrap(this, signal);
      } else if (this.interactive && signal === 'INT') throw new BackToPrompt(130, true);
      else if (this.interactive && signal === 'HUP') throw new HangUp();
    }
  }

  /** Moves what the kernel has caught for us to our own list. */
  collectSignals(): void {
    for (let signal = this.sys.takeSignal(); signal; signal = this.sys.takeSignal()) this.pending.push(signal);
  }

  /** Signals waiting that somebody cares about. */
  get hasSignal(): boolean {
    this.collectSignals();
    this.pending = this.pending.filter(
      (signal) => this.traps.get(signal) || (this.interactive && (signal === 'INT' || signal === 'HUP')),
    );
    return this.pending.length > 0;
  }

  /**
   * A child process with a copy of this shell. When there are too many processes it is tried again after a while, with
   * bash's words; in the end the command fails.
   */
  *fork(body: (child: Shell) => Waiting<number>, options: ChildOptions = {}): Waiting<number> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return this.sys.fork((sys) => {
          const child = this.copy(sys);
          return runChild(child, body);
        }, options);
      } catch (error) {
        if (!isErrno(error, 'EAGAIN')) throw error;
        const pause = FORK_RETRIES[attempt];
        if (pause === undefined) {
          yield* this.complain('fork: Resource temporarily unavailable');
          if (this.interactive) throw new BackToPrompt(254);
          throw new ShellExit(254);
        }
        yield* this.complain('fork: retry: Resource temporarily unavailable');
        yield* this.pause(pause);
      }
    }
  }

  /** Sleeps; a signal that matters ends it. */
  *pause(span: Micros): Waiting<void> {
    try {
      yield* this.sys.sleep(span);
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
      yield* this.checkSignals();
    }
  }

  /** The copy that a subshell works on. Traps on signals are reset, what was ignored stays so. */
  private copy(sys: Sys): Shell {
    const child = new Shell(sys, this, this);
    copyScalars(this, child);
    installSpecials(child);
    this.variables.copyTo(child.variables);
    for (const [name, action] of [...child.traps])
      if (action !== '' && !keepsTrap(child, name)) child.traps.delete(name);
    return child;
  }
}

/** Set by the special variables' own file; a subshell's are its own. */
export let installSpecials: (shell: Shell) => void = () => {};
/** Has every new shell, subshells too, prepared by a function; called once, when the module of the special variables is read. */
export function onNewShell(install: (shell: Shell) => void): void {
  installSpecials = install;
}

function keepsTrap(shell: Shell, name: string): boolean {
  if (name === 'DEBUG' || name === 'RETURN') return shell.options.has('functrace');
  return name === 'ERR' && shell.options.has('errtrace');
}

function copyScalars(from: Shell, to: Shell): void {
  to.directories = [...from.directories];
  to.directory = from.directory;
  to.name = from.name;
  to.positional = from.positional;
  to.status = from.status;
  to.pipeStatus = from.pipeStatus;
  to.line = from.line;
  to.lastBackground = from.lastBackground;
  to.lastArgument = from.lastArgument;
  to.depth = from.depth + 1;
  to.conditional = from.conditional;
  to.loops = 0;
  to.frames = [...from.frames];
  to.traceDepth = from.traceDepth;
  to.commandString = from.commandString;
  to.speaker = from.speaker;
  to.namedCommand = from.namedCommand;
  to.limits = new Map(from.limits);
  to.userName = from.userName;
  to.readonlyFunctions = new Set(from.readonlyFunctions);
  to.exportedFunctions = new Set(from.exportedFunctions);
  to.jobControl = from.jobControl;
  to.terminalDescriptor = from.terminalDescriptor;
  to.history = [...from.history];
  to.historyBase = from.historyBase;
  to.getoptsIndex = from.getoptsIndex;
  to.getoptsOffset = from.getoptsOffset;
  to.isSubshell = true;
  for (const job of from.jobs.jobs) to.jobs.jobs.push({ ...job, processes: new Map(job.processes) });
}

function* runChild(child: Shell, body: (child: Shell) => Waiting<number>): Waiting<number> {
  let status: number;
  try {
    status = yield* body(child);
  } catch (error) {
    if (error instanceof ShellExit) {
      if (error.replaced) return error.status;
      status = error.status;
    } else if (error instanceof BackToPrompt) status = error.status;
    else if (isTooDeep(error)) {
      yield* child.complain(TOO_DEEP);
      status = 2;
    } else throw error;
  }
  return yield* endShell(child, status);
}

/** Runs the EXIT trap and gives the status the process ends with. */
export function* endShell(shell: Shell, status: number): Waiting<number> {
  shell.status = status;
  if (!shell.traps.get('EXIT')) return status;
  try {
    yield* shell.runner.runTrap(shell, 'EXIT');
  } catch (error) {
    if (error instanceof ShellExit) return error.status;
    throw error;
  }
  return status;
}
