import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HOUR, SECOND } from '../../src/sim/kernel/time.js';
import { HOME, KubectlMachine, type Outcome } from '../sim/kubectl/machine.js';
import { Door } from './door.js';
import { masked, type Step } from './transcript.js';

/** So long a machine goes on after each line. */
export const SETTLE = 3 * SECOND;

/** What is compared of what a program said. */
export function shown(outcome: Outcome | undefined): Outcome | undefined {
  return outcome && { out: masked(outcome.out), err: masked(outcome.err), code: outcome.code };
}

/** Plays the steps at a machine of its own with the real clients, through a door. */
export async function runReal(
  steps: readonly Step[],
  programs: Readonly<Record<string, string>>,
  fixtures: Readonly<Record<string, string>>,
): Promise<Step[]> {
  // The past, so that nothing on the machine lies in the future of a client that looks at the wall clock.
  const machine = new KubectlMachine(Date.now() * 1000 - 2 * HOUR);
  return await withClients(machine, programs, fixtures, async (run) => {
    const done: Step[] = [];
    for (const step of steps) {
      if (step.kind === 'advance') machine.advance(step.seconds * SECOND);
      if (step.kind !== 'command') done.push(step);
      else {
        const recorded = await run(step.line);
        machine.advance(SETTLE);
        done.push({ ...step, recorded });
      }
    }
    return done;
  });
}

/** What real clients say to some lines at a machine that goes on living. */
export function realLines(
  machine: KubectlMachine,
  programs: Readonly<Record<string, string>>,
  fixtures: Readonly<Record<string, string>>,
  lines: readonly string[],
): Promise<Outcome[]> {
  return withClients(machine, programs, fixtures, async (run) => {
    const said: Outcome[] = [];
    for (const line of lines) said.push(await run(line));
    return said;
  });
}

/** Opens a door to a machine and gives a folder with files to clients, whose words name the machine's own places. */
async function withClients<T>(
  machine: KubectlMachine,
  programs: Readonly<Record<string, string>>,
  fixtures: Readonly<Record<string, string>>,
  use: (run: (line: string) => Promise<Outcome>) => Promise<T>,
): Promise<T> {
  const door = new Door(machine);
  const address = await door.open();
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-'));
  const home = mkdtempSync(join(tmpdir(), 'kubectl-home-'));
  try {
    const config = Buffer.from(
      machine.host.kernel.context.files
        .open(`${HOME}/config`, { read: true }, 0, { uid: 0, gid: 0, groups: [0] })
        .tryRead(65_536) ?? [],
    );
    writeFileSync(join(folder, 'config'), config.toString('utf8').replace('172.30.1.2:6443', address));
    for (const [file, text] of Object.entries(fixtures)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    mkdirSync(join(home, 'bin'));
    for (const [name, path] of Object.entries(programs)) symlinkSync(path, join(home, 'bin', name));
    const plain = (text: string): string =>
      text.replaceAll(address, '172.30.1.2:6443').replaceAll(folder, HOME).replaceAll(home, HOME);
    return await use(async (line) => {
      const { out, err, code } = await runOne(line, folder, home);
      return { out: plain(out), err: plain(err), code };
    });
  } finally {
    await door.close();
    for (const each of [folder, home]) rmSync(each, { recursive: true, force: true });
  }
}

/** With a home apart from the folder, for the client keeps a cache there. */
function runOne(line: string, folder: string, home: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = {
      PATH: `${join(home, 'bin')}:/usr/bin:/bin`,
      HOME: home,
      KUBECONFIG: join(folder, 'config'),
      LC_ALL: 'C.UTF-8',
      TZ: 'UTC',
    };
    const child = spawn('bash', ['-c', line], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 30_000 });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('close', (code) =>
      resolve({
        out: Buffer.concat(out).toString('utf8'),
        err: Buffer.concat(err).toString('utf8'),
        code: code ?? 128,
      }),
    );
  });
}
