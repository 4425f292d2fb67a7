import { LiveClock } from '../../clusters/sim/live-clock.js';
import { type MachineOptions, openSimCluster, type SimCluster } from '../../clusters/sim/sim-cluster.js';
import { Typist } from '../../labs/session/play.js';
import { TerminalFilter } from '../../ui/terminal/terminal-filter.js';
import type { CommandIo } from '../io.js';
import { ExpectedError } from '../io.js';
import { PlainOutput } from './plain-output.js';
import { TerminalModes } from './terminal-modes.js';

const TERMINAL = 1;
/** Exit codes of those whom a signal ends. */
const END_CODES = { SIGHUP: 129, SIGTERM: 143 } as const;
const USER = 'candidate';
/** A piped line that never ends by itself is ended after so long, in virtual time. */
const LINE_HOURS_MAX = 4;
const HOUR_MICROSECONDS = 3_600_000_000;
/** So wide that no program breaks a line for the terminal's sake. */
const PLAIN_COLUMNS = 500;

/** Runs a login shell of a simulated host on plain streams; resolves to its exit status. */
export async function runShell(io: CommandIo, options: MachineOptions, host: string): Promise<number> {
  const live = io.stdin.isTTY === true;
  const cluster = await openSimCluster(options, { thread: live ? 'worker' : 'same' });
  try {
    const known = await cluster.hosts();
    if (!known.some(({ base, name }) => base === host || name === host)) {
      throw new ExpectedError(`There is no host ${host}; there are ${known.map(({ name }) => name).join(', ')}.`, 2);
    }
    return live ? await runLive(io, cluster, host) : await runPiped(io, cluster, host);
  } finally {
    await cluster.close();
  }
}

/**
 * Piped input: each line is typed when somebody reads the terminal, so that ssh, sudo -i and editors take what follows
 * them; what was typed and the prompts are not shown.
 */
async function runPiped(io: CommandIo, cluster: SimCluster, host: string): Promise<number> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of io.stdin) chunks.push(chunk as Uint8Array);
  const lines = Buffer.concat(chunks).toString('utf8').replace(/\n$/, '').split('\n');
  const output = new PlainOutput((text) => io.stdout.write(text));
  const typist = await Typist.start(cluster, TERMINAL, {
    host,
    user: USER,
    columns: PLAIN_COLUMNS,
    echo: false,
    lineLimit: LINE_HOURS_MAX * HOUR_MICROSECONDS,
    onOutput: (bytes) => output.add(bytes),
    onInterrupted: (line) => {
      const words = `interrupted after ${LINE_HOURS_MAX} hours of the cluster's time`;
      io.stderr.write(`kubedrill: ${words}: ${line}\n`);
    },
  });
  output.dropPrompt();
  for (const line of lines) {
    if (!(await typist.type([{ lines: [line], look: false }]))) break;
    output.dropPrompt();
  }
  output.end();
  return (await typist.leave()) ?? 1;
}

/** A person at a terminal: a second is a second. A signal or a closed window ends it with the terminal as it was. */
async function runLive(io: CommandIo, cluster: SimCluster, host: string): Promise<number> {
  const clock = new LiveClock(cluster);
  const { stdin, stdout } = io;
  const modes = new TerminalModes();
  const filter = new TerminalFilter();
  const size = (): { columns: number; rows: number } => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve, reject) => {
    end = resolve;
    cluster.onEvent((event) => {
      if (event.kind === 'output') {
        modes.follow(event.bytes);
        stdout.write(filter.pass(event.bytes));
      }
      if (event.kind === 'terminal-closed') resolve(event.status);
    });
    cluster.onFailure((reason) => reject(new ExpectedError(`The simulated cluster is gone: ${reason}`)));
  });
  clock.input({ kind: 'open-terminal', terminal: TERMINAL, host, user: USER, ...size() });
  const onResize = (): void => clock.input({ kind: 'resize', terminal: TERMINAL, ...size() });
  const onData = (bytes: Buffer): void => clock.input({ kind: 'type', terminal: TERMINAL, bytes });
  const onHangUp = (): void => end(END_CODES.SIGHUP);
  const onSignal = (signal: keyof typeof END_CODES): void => end(END_CODES[signal]);
  stdin.setRawMode(true);
  stdin.on('data', onData);
  stdin.on('end', onHangUp);
  stdout.on('resize', onResize);
  for (const signal of Object.keys(END_CODES)) process.on(signal, onSignal);
  clock.start();
  try {
    return await ended;
  } finally {
    clock.stop();
    stdout.write(modes.restoring());
    stdin.off('data', onData);
    stdin.off('end', onHangUp);
    stdout.off('resize', onResize);
    for (const signal of Object.keys(END_CODES)) process.off(signal, onSignal);
    stdin.setRawMode(false);
    stdin.pause();
  }
}
