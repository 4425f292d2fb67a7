import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { HOUR, SECOND } from '../../src/sim/kernel/time.js';
import { HOME, KubectlMachine, type Outcome } from '../sim/kubectl/machine.js';
import { Door } from './door.js';
import { DIFFERENCES } from './kubectl/differences.js';
import { FIXTURES } from './kubectl/fixtures.js';
import { realClients } from './real-kubectl.js';
import { masked, readTranscript, type Step, writeTranscript } from './transcript.js';

const FOLDER = fileURLToPath(new URL('./kubectl/', import.meta.url));
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
/** `RECORD=1` asks the real kubectl again and writes down what it says; read the difference before committing. */
const RECORDING = process.env['RECORD'] === '1';
const ASKING = process.env['REAL_CLIENTS'] === '1';
const { kubectl: real, reason } = realClients();
const SETTLE = 3 * SECOND;

describe.each(FILES)('%s', (name) => {
  const steps = readTranscript(readFileSync(join(FOLDER, name), 'utf8'));

  test('ours says what the real kubectl was recorded to say', () => {
    if (RECORDING) return;
    const machine = new KubectlMachine();
    machine.put(FIXTURES);
    const wrong: object[] = [];
    for (const step of steps) {
      if (step.kind === 'advance') machine.advance(step.seconds * SECOND);
      if (step.kind !== 'command') continue;
      const ours = machine.shell(step.line);
      machine.advance(SETTLE);
      const said = shown(ours);
      const recorded = shown(step.recorded ?? { out: '', err: '', code: -1 });
      const equal = JSON.stringify(said) === JSON.stringify(recorded);
      const excuse = DIFFERENCES[`${name}: ${step.line}`];
      if (excuse === undefined && !equal) wrong.push({ line: step.line, said, recorded });
      if (excuse !== undefined && equal) wrong.push({ line: step.line, 'is excused without need': excuse });
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('the real kubectl says it still', async (context) => {
    if (real === undefined) return context.skip(reason);
    if (!RECORDING && !ASKING) return context.skip('set REAL_CLIENTS=1 to ask the real kubectl once more (minutes)');
    const recorded = await runReal(steps, real);
    if (RECORDING) return writeFileSync(join(FOLDER, name), writeTranscript(recorded));
    const pairs = steps.map((step, i) => [step, recorded[i]] as const);
    const changed = pairs.flatMap(([before, now]) =>
      before.kind === 'command' &&
      now?.kind === 'command' &&
      JSON.stringify(shown(before.recorded)) !== JSON.stringify(shown(now.recorded))
        ? [{ line: before.line, recorded: shown(before.recorded), now: shown(now.recorded) }]
        : [],
    );
    expect(changed).toEqual([]);
  }, 240_000);
});

test('every difference that is excused is in a transcript', () => {
  const commands = new Set(
    FILES.flatMap((name) =>
      readTranscript(readFileSync(join(FOLDER, name), 'utf8')).flatMap((step) =>
        step.kind === 'command' ? [`${name}: ${step.line}`] : [],
      ),
    ),
  );
  expect(Object.keys(DIFFERENCES).filter((line) => !commands.has(line))).toEqual([]);
});

function shown(outcome: Outcome | undefined): Outcome | undefined {
  return outcome && { out: masked(outcome.out), err: masked(outcome.err), code: outcome.code };
}

/** Plays the steps at a machine of its own with the real client, through a door. */
async function runReal(steps: readonly Step[], kubectl: string): Promise<Step[]> {
  // The past, so that nothing on the machine lies in the future of a client that looks at the wall clock.
  const machine = new KubectlMachine(Date.now() * 1000 - 2 * HOUR);
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
    for (const [file, text] of Object.entries(FIXTURES)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    symlinkSync(kubectl, join(folder, 'kubectl'));
    const done: Step[] = [];
    for (const step of steps) {
      if (step.kind === 'advance') machine.advance(step.seconds * SECOND);
      if (step.kind !== 'command') done.push(step);
      else {
        const outcome = await runOne(step.line, folder, home);
        machine.advance(SETTLE);
        const plain = (text: string): string => text.replaceAll(address, '172.30.1.2:6443').replaceAll(folder, HOME);
        done.push({ ...step, recorded: { out: plain(outcome.out), err: plain(outcome.err), code: outcome.code } });
      }
    }
    return done;
  } finally {
    await door.close();
    for (const each of [folder, home]) rmSync(each, { recursive: true, force: true });
  }
}

/** With a home apart from the folder, for the client keeps a cache there. */
function runOne(line: string, folder: string, home: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = {
      PATH: `${folder}:/usr/bin:/bin`,
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
