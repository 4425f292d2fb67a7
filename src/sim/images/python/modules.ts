import { isErrno } from '../../kernel/errno.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { NotSimulated, Raised } from './failures.js';
import type { Interpreter } from './interpreter.js';
import { Builtin, Dict, List, Module, reprOf, Tuple, textOf, typeOf, type Value } from './values.js';

/** Modules of the standard library that exist and are not here. */
const KNOWN = new Set(
  'abc argparse array ast asyncio base64 bisect collections concurrent configparser contextlib copy csv ctypes datetime decimal email enum fcntl functools gc getpass glob hashlib heapq hmac html http inspect io ipaddress itertools logging math mmap multiprocessing operator pathlib pickle platform queue random re resource secrets select shutil smtplib socketserver sqlite3 ssl stat statistics string struct subprocess tempfile textwrap threading timeit traceback types typing unittest urllib uuid warnings weakref xml zipfile zlib'.split(
    ' ',
  ),
);

/** Finds modules for an interpreter: `args` are what `sys.argv` holds, `version` is the language's. */
export function addModules(
  run: Interpreter,
  args: readonly string[],
  version: string,
  more: Readonly<Record<string, () => Module>>,
): void {
  const made = new Map<string, Module>();
  const makers: Readonly<Record<string, () => Module>> = {
    json: () => new Module('json', { dumps: plain('dumps', ([of = null]) => jsonOf(of)) }),
    os: () => osModule(run),
    signal: () => signalModule(run),
    socket: () => new Module('socket', { gethostname: plain('gethostname', () => run.sys.hostname()) }),
    sys: () => sysModule(run, args, version),
    time: () => timeModule(run),
    ...more,
  };
  run.module = (name) => {
    const before = made.get(name);
    if (before) return before;
    const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
    if (!make && KNOWN.has(name.split('.')[0] ?? '')) throw new NotSimulated(`the module ${name}`);
    if (!make) throw new Raised('ModuleNotFoundError', `No module named '${name}'`);
    const module = make();
    made.set(name, module);
    return module;
  };
}

function plain(name: string, act: (args: readonly Value[]) => Value): Builtin {
  return new Builtin(name, (args, named) => {
    if (named.size > 0) throw new NotSimulated(`named arguments of ${name}`);
    return act(args);
  });
}

function timeModule(run: Interpreter): Module {
  const { sys } = run;
  return new Module('time', {
    monotonic: plain('monotonic', () => sys.monotonic() / SECOND),
    sleep: new Builtin('sleep', function* sleep([seconds = 0]) {
      if (typeof seconds !== 'bigint' && typeof seconds !== 'number')
        throw new Raised('TypeError', `'${typeOf(seconds)}' object cannot be interpreted as an integer`);
      const until = sys.now() + Math.round(Number(seconds) * SECOND);
      yield* sleepUntil(run, until);
      return null;
    }),
    time: plain('time', () => sys.now() / SECOND),
  });
}

/** Sleeps; a signal that is caught is handled, and the sleep goes on. */
function* sleepUntil(run: Interpreter, until: number): Waiting<void> {
  while (run.sys.now() < until) {
    try {
      yield* run.sys.sleep(until - run.sys.now());
    } catch (error) {
      if (!isErrno(error, 'EINTR')) throw error;
      yield* run.interrupted();
    }
  }
}

function osModule(run: Interpreter): Module {
  const { sys } = run;
  const environment = new Dict();
  for (const [name, value] of sys.environment) environment.set(name, value);
  return new Module('os', {
    environ: environment,
    getcwd: plain('getcwd', () => sys.directory()),
    getenv: plain('getenv', ([name = null, otherwise = null]) => environment.get(name) ?? otherwise),
    getpid: plain('getpid', () => BigInt(sys.pid)),
    getuid: plain('getuid', () => BigInt(sys.credentials.uid)),
    getgid: plain('getgid', () => BigInt(sys.credentials.gid)),
    listdir: plain('listdir', ([path = '.']) => new List(sys.readDirectory(textOf(path)).map(({ name }) => name))),
  });
}

function sysModule(run: Interpreter, args: readonly string[], version: string): Module {
  const stream = (descriptor: number) =>
    new Module(descriptor === 1 ? 'sys.stdout' : 'sys.stderr', {
      flush: plain('flush', () => null),
      write: new Builtin('write', function* write([text = '']) {
        yield* run.sys.write(descriptor, textOf(text));
        return BigInt(textOf(text).length);
      }),
    });
  return new Module('sys', {
    argv: new List([...args]),
    exit: plain('exit', ([status = null]) => {
      throw new Raised('SystemExit', '', status);
    }),
    stderr: stream(2),
    stdout: stream(1),
    version_info: new Tuple(version.split('.').map(BigInt)),
  });
}

function signalModule(run: Interpreter): Module {
  const names = { SIGINT: 2n, SIGTERM: 15n, SIGHUP: 1n, SIGUSR1: 10n } as const;
  const letters = { SIGINT: 'INT', SIGTERM: 'TERM', SIGHUP: 'HUP', SIGUSR1: 'USR1' } as const;
  const handlers = run.handlers;
  return new Module('signal', {
    ...names,
    signal: plain('signal', ([number = null, handler = null]) => {
      const name = (Object.keys(names) as (keyof typeof names)[]).find((one) => names[one] === number);
      if (!name) throw new NotSimulated(`signal ${textOf(number)}`);
      run.sys.onSignal(letters[name], 'catch');
      handlers.set(letters[name], [handler, names[name]]);
      return null;
    }),
  });
}

/** What json.dumps gives. */
function jsonOf(of: Value): string {
  if (of === null) return 'null';
  if (typeof of === 'string')
    return JSON.stringify(of).replace(
      /[\x80-\uffff]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  if (typeof of === 'boolean') return String(of);
  if (typeof of === 'bigint' || typeof of === 'number') return textOf(of);
  if (of instanceof List || of instanceof Tuple) return `[${of.items.map(jsonOf).join(', ')}]`;
  if (of instanceof Dict)
    return `{${[...of.entries.values()].map(([key, value]) => `${typeof key === 'string' ? jsonOf(key) : JSON.stringify(jsonOf(key))}: ${jsonOf(value)}`).join(', ')}}`;
  throw new NotSimulated(`json of ${reprOf(of)}`);
}
