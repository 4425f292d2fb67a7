import type { Program, Sys } from '../../../src/sim/kernel/sys.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import type { Waiting } from '../../../src/sim/kernel/wait.js';

/**
 * Small programs that units and sessions run in these tests: `say TEXT… [exit N|wait]` prints its words; a `bash`
 * that knows just enough to be logged into; `leave N` leaves a child behind for N seconds. The real shell is tested in its own room.
 */
function* runWords(sys: Sys, line: string): Waiting<number> {
  const words = line
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/^\$(\w+)$/, (_, name: string) => sys.environment.get(name) ?? ''));
  const [name = ''] = words;
  const path = ['', '/usr/bin/', '/usr/sbin/']
    .map((directory) => directory + name)
    .find((each) => each.startsWith('/') && exists(sys, each));
  if (!path) {
    yield* sys.write(2, `bash: ${name}: command not found\n`);
    return 127;
  }
  const interactive = !sys.args.includes('-c') && sys.terminal(0) !== undefined;
  const pid = sys.spawn(path, words, interactive ? { group: 'new', foreground: true } : {});
  const change = yield* sys.wait(pid);
  if (interactive) sys.setForeground(0, sys.group());
  return change?.kind === 'exited' && 'code' in change.status ? change.status.code : 130;
}

function exists(sys: Sys, path: string): boolean {
  try {
    return sys.stat(path).type === 'file';
  } catch {
    return false;
  }
}

/** Knows a prompt, one simple command a line, `$NAME`, `exit` and `-c`. */
function* bash(sys: Sys): Waiting<number> {
  const command = sys.args[sys.args.indexOf('-c') + 1];
  if (sys.args.includes('-c')) return yield* runWords(sys, command ?? '');
  const login = sys.args[0]?.startsWith('-');
  let status = 0;
  for (;;) {
    const user = sys.environment.get('USER');
    yield* sys.write(1, `${user}@${sys.hostname()}:${sys.directory()}${sys.credentials.uid === 0 ? '#' : '$'} `);
    const line = new TextDecoder().decode(yield* sys.read(0));
    if (line === '' || /^exit\b/.test(line)) {
      yield* sys.write(1, login ? 'logout\n' : 'exit\n');
      return Number(/^exit (\d+)/.exec(line)?.[1] ?? status);
    }
    if (line.trim() !== '') status = yield* runWords(sys, line);
  }
}

export const standIns: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['bash', bash],
  [
    'say',
    function* (sys) {
      const words = sys.args.slice(1);
      const last = words.at(-1);
      const spoken = words.filter((word) => word !== 'wait' && !/^exit\d+$/.test(word) && word !== 'stubborn');
      if (spoken.length > 0) yield* sys.write(1, `${spoken.join(' ')}\n`);
      if (last === 'stubborn') {
        sys.onSignal('TERM', 'ignore');
        for (;;) yield* sys.sleep(1000 * SECOND);
      }
      if (last === 'wait') for (;;) yield* sys.sleep(1000 * SECOND);
      return Number(/^exit(\d+)$/.exec(last ?? '')?.[1] ?? 0);
    },
  ],
  [
    'env',
    function* (sys) {
      yield* sys.write(1, Array.from(sys.environment, ([name, value]) => `${name}=${value}\n`).join(''));
      return 0;
    },
  ],
  [
    'leave',
    function* (sys) {
      const seconds = Number(sys.args[1]);
      sys.fork(function* (child) {
        for (const descriptor of [0, 1, 2]) child.close(descriptor);
        yield* child.sleep(seconds * SECOND);
        return 0;
      });
      return 0;
    },
  ],
  [
    'whoami',
    function* (sys) {
      yield* sys.write(1, `${sys.credentials.uid}:${sys.credentials.groups.join(',')}\n`);
      return 0;
    },
  ],
  [
    'size',
    function* (sys) {
      const size = sys.windowSize(0);
      yield* sys.write(1, size ? `${size.columns}x${size.rows}\n` : 'no terminal\n');
      return 0;
    },
  ],
  [
    'cat',
    function* (sys) {
      for (;;) {
        const bytes = yield* sys.read(0);
        if (bytes.length === 0) return 0;
        yield* sys.write(1, bytes);
      }
    },
  ],
]);
