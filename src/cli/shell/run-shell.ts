import { type MachineOptions, openSimCluster, type SimCluster } from '../../clusters/sim/sim-cluster.js';
import { LiveClock } from '../../labs/session/live-clock.js';
import type { CommandIo } from '../io.js';
import { ExpectedError } from '../io.js';

const TERMINAL = 1;
const USER = 'candidate';
/** How long a piped line may keep the shell busy before it is interrupted, in virtual microseconds. */
const LINE_LIMIT = 900_000_000;

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
 * Piped input: one shell reads the lines as a script from its standard input, and time jumps while everybody waits.
 */
async function runPiped(io: CommandIo, cluster: SimCluster, host: string): Promise<number> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of io.stdin) chunks.push(chunk as Uint8Array);
  const result = await cluster.run(host, USER, ['bash', '-l'], {
    stdin: Buffer.concat(chunks).toString('utf8'),
    timeoutSeconds: LINE_LIMIT / 1_000_000,
  });
  io.stdout.write(result.stdout);
  io.stderr.write(result.stderr);
  return result.code;
}

/** A person at a terminal: a second is a second. */
async function runLive(io: CommandIo, cluster: SimCluster, host: string): Promise<number> {
  const clock = new LiveClock(cluster);
  const { stdin, stdout } = io;
  const size = (): { columns: number; rows: number } => ({ columns: stdout.columns, rows: stdout.rows });
  const ended = new Promise<number>((resolve, reject) => {
    cluster.onEvent((event) => {
      if (event.kind === 'output') stdout.write(event.bytes);
      if (event.kind === 'terminal-closed') resolve(event.status);
    });
    cluster.onFailure((reason) => reject(new ExpectedError(`The simulated cluster is gone: ${reason}`)));
  });
  clock.input({ kind: 'open-terminal', terminal: TERMINAL, host, user: USER, ...size() });
  const onResize = (): void => clock.input({ kind: 'resize', terminal: TERMINAL, ...size() });
  const onData = (bytes: Buffer): void => clock.input({ kind: 'type', terminal: TERMINAL, bytes });
  stdin.setRawMode(true);
  stdin.on('data', onData);
  stdout.on('resize', onResize);
  clock.start();
  try {
    return await ended;
  } finally {
    clock.stop();
    stdin.off('data', onData);
    stdout.off('resize', onResize);
    stdin.setRawMode(false);
    stdin.pause();
  }
}
