import { SIGNALS, signalByName, signalByNumber } from '../../kernel/signals.js';
import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';

const USAGE = `
Usage:
 kill [options] <pid> [...]

Options:
 <pid> [...]            send signal to every <pid> listed
 -<signal>, -s, --signal <signal>
                        specify the <signal> to be sent
 -l, --list=[<signal>]  list all signal names, or convert one to a name
 -L, --table            list all signal names in a nice table
`;

/** `kill`, the program; the shell's built-in knows jobs. */
export const kill: Program = command(
  {
    name: 'kill',
    usage: '[options] <pid> [...]',
    summary: 'Send a signal to processes.',
    bare: true,
    inOrder: true,
    legacy: (word) => ({ key: 'word', value: word, as: '' }),
  },
  (context) => {
    const words = [...context.options.values('word'), ...context.operands];
    const [first, second] = words;
    if (first === undefined) return usage(context);
    if (first === '-l' || first === '--list' || first.startsWith('--list='))
      return list(context, first.startsWith('--list=') ? first.slice(7) : second);
    if (first === '-L' || first === '--table') return table(context);
    let signal: string = 'TERM';
    let pids = words;
    if (first === '-s' || first === '--signal') {
      signal = second ?? '';
      pids = words.slice(2);
    } else if (first === '--') pids = words.slice(1);
    else if (/^-./.test(first)) {
      signal = first.slice(1);
      pids = words.slice(1);
    }
    if (pids[0] === '--') pids = pids.slice(1);
    return send(context, signal, pids);
  },
);

function usage(context: Context): number {
  context.output.add(2, `${USAGE}\nFor more details see kill(1).\n`);
  return 1;
}

function send(context: Context, name: string, pids: readonly string[]): number {
  const signal = name === '0' ? 0 : signalByName(name);
  if (signal === undefined) {
    context.warn(`unknown signal ${name}`);
    return usage(context);
  }
  if (pids.length === 0) return usage(context);
  for (const word of pids) {
    if (!/^-?\d+$/.test(word)) {
      context.fail(`failed to parse argument: '${word}'`);
      continue;
    }
    try {
      context.sys.kill(Number(word), signal);
    } catch (thrown) {
      context.fail(`(${word}): ${reason(thrown)}`);
    }
  }
  return context.status;
}

function list(context: Context, word: string | undefined): number {
  if (word !== undefined) {
    const number = Number(word) & 127;
    const name = /^\d+$/.test(word) ? signalByNumber(number) : signalByName(word);
    if (!name) return context.die(`unknown signal name ${word}`);
    context.print(`${/^\d+$/.test(word) ? name : SIGNALS[name]}\n`);
    return 0;
  }
  let line = '';
  for (const name of names()) {
    if (line.length + name.length + 1 > 78) {
      context.print(`${line}\n`);
      line = '';
    }
    line += line === '' ? name : ` ${name}`;
  }
  context.print(`${line}\n`);
  return 0;
}

function table(context: Context): number {
  const cells = names().map((name, index) => `${String(index + 1).padStart(2)} ${name.padEnd(9)}`);
  for (let at = 0; at < cells.length; at += 6)
    context.print(
      `${cells
        .slice(at, at + 6)
        .join(' ')
        .trimEnd()}\n`,
    );
  return 0;
}

function names(): string[] {
  return Object.keys(SIGNALS).map((name) => (name === 'IO' ? 'POLL' : name));
}
