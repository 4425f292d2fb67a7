import { isErrno } from '../../../../src/sim/kernel/errno.js';
import type { Sys } from '../../../../src/sim/kernel/sys.js';
import type { Waiting } from '../../../../src/sim/kernel/wait.js';

/**
 * Just enough of a shell to run the rows of these tests: quotes, `$'…'`, pipes, redirections, `;`, newline, `&&`, `||`.
 * Words are not expanded. It stands in for bash so that a failing row is a failing program.
 */
export function* runLine(sys: Sys, line: string): Waiting<number> {
  const tokens = tokenize(line);
  let status = 0;
  let skip = false;
  for (let at = 0; at < tokens.length; ) {
    const end = tokens.findIndex(
      (token, index) => index >= at && token.kind === 'operator' && [';', '&&', '||'].includes(token.text),
    );
    const part = tokens.slice(at, end < 0 ? undefined : end);
    if (part.length > 0 && !skip) status = yield* runPipeline(sys, part);
    const operator = end < 0 ? ';' : (tokens[end] as Token).text;
    skip = operator === '&&' ? status !== 0 : operator === '||' ? status === 0 : false;
    at = end < 0 ? tokens.length : end + 1;
  }
  return status;
}

interface Token {
  readonly kind: 'word' | 'operator';
  readonly text: string;
}

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  e: '\x1b',
  '0': '\0',
};

function tokenize(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at);
    const blank = /^[ \t]+/.exec(rest)?.[0];
    if (blank) {
      at += blank.length;
      continue;
    }
    const operator = /^(2>&1|2>|&&|\|\||>>|[;\n|<>])/.exec(rest)?.[0];
    if (operator) {
      tokens.push({ kind: 'operator', text: operator === '\n' ? ';' : operator });
      at += operator.length;
      continue;
    }
    let word = '';
    while (at < line.length && !/[ \t\n;|<>]/.test(line[at] as string) && !line.startsWith('&&', at)) {
      const char = line[at] as string;
      if (char === "'") {
        const end = line.indexOf("'", at + 1);
        word += line.slice(at + 1, end);
        at = end + 1;
      } else if (line.startsWith("$'", at)) {
        at += 2;
        while (line[at] !== "'") {
          if (line[at] === '\\') {
            word += ESCAPES[line[at + 1] as string] ?? `\\${line[at + 1]}`;
            at += 2;
          } else word += line[at++];
        }
        at += 1;
      } else if (char === '"') {
        at += 1;
        while (line[at] !== '"') {
          if (line[at] === '\\' && /["\\$`]/.test(line[at + 1] as string)) at += 1;
          word += line[at++];
        }
        at += 1;
      } else if (char === '\\') {
        word += line[at + 1];
        at += 2;
      } else {
        word += char;
        at += 1;
      }
    }
    tokens.push({ kind: 'word', text: word });
  }
  return tokens;
}

function* runPipeline(sys: Sys, tokens: readonly Token[]): Waiting<number> {
  const commands: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'operator' && token.text === '|') commands.push([]);
    else commands.at(-1)?.push(token);
  }
  const pids: number[] = [];
  let input = 0;
  for (const [index, command] of commands.entries()) {
    const last = index === commands.length - 1;
    const pipe = last ? undefined : sys.pipe();
    const descriptors = new Map([
      [0, input],
      [1, pipe?.write ?? 1],
      [2, 2],
    ]);
    const opened: number[] = [];
    const args = redirect(sys, command, descriptors, opened);
    pids.push(yield* start(sys, args, descriptors));
    for (const descriptor of opened) sys.close(descriptor);
    if (pipe) sys.close(pipe.write);
    if (input !== 0) sys.close(input);
    input = pipe?.read ?? 0;
  }
  let status = 0;
  for (const pid of pids) {
    const change = pid < 0 ? undefined : yield* waitFor(sys, pid);
    if (pid < 0) status = -pid;
    else if (change?.kind === 'exited') status = 'code' in change.status ? change.status.code : 128;
  }
  return status;
}

function redirect(sys: Sys, command: readonly Token[], descriptors: Map<number, number>, opened: number[]): string[] {
  const args: string[] = [];
  for (let at = 0; at < command.length; at += 1) {
    const { kind, text } = command[at] as Token;
    if (kind === 'word') {
      args.push(text);
      continue;
    }
    if (text === '2>&1') {
      descriptors.set(2, descriptors.get(1) as number);
      continue;
    }
    at += 1;
    const path = (command[at] as Token).text;
    const flags =
      text === '<' ? { read: true } : { write: true, create: true, append: text === '>>', truncate: text !== '>>' };
    const descriptor = sys.open(path, flags, 0o666);
    opened.push(descriptor);
    descriptors.set(text === '<' ? 0 : text === '2>' ? 2 : 1, descriptor);
  }
  return args;
}

function* start(sys: Sys, args: readonly string[], descriptors: ReadonlyMap<number, number>): Waiting<number> {
  const environment = new Map(sys.environment);
  const command = [...args];
  for (let match = /^(\w+)=(.*)$/s.exec(command[0] ?? ''); match; match = /^(\w+)=(.*)$/s.exec(command[0] ?? '')) {
    environment.set(match[1] as string, match[2] as string);
    command.shift();
  }
  const name = command[0] as string;
  if (name === 'cd') {
    sys.changeDirectory(command[1] as string);
    return -0;
  }
  try {
    return sys.spawn(name.includes('/') ? name : `/usr/bin/${name}`, command, { descriptors, environment });
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    yield* sys.write(descriptors.get(2) ?? 2, `bash: line 1: ${name}: command not found\n`);
    return -127;
  }
}

/** Ctrl-C interrupts the shell's waiting too; it goes on waiting for the command. */
function* waitFor(sys: Sys, pid: number) {
  for (;;) {
    try {
      return yield* sys.wait(pid);
    } catch (thrown) {
      if (!isErrno(thrown, 'EINTR')) throw thrown;
      sys.takeSignal();
    }
  }
}
