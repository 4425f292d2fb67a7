import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { helm } from '../../src/sim/helm/helm.js';
import { SECOND } from '../../src/sim/kernel/time.js';
import { KubectlMachine } from '../sim/kubectl/machine.js';
import { DIFFERENCES } from './helm/differences.js';
import { realClients } from './real-kubectl.js';
import { runReal, SETTLE, shown } from './side-by-side.js';
import { readTranscript, writeTranscript } from './transcript.js';

const FOLDER = fileURLToPath(new URL('./helm/', import.meta.url));
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
/** `RECORD=1` asks the real helm again and writes down what it says; read the difference before committing. */
const RECORDING = process.env['RECORD'] === '1';
const ASKING = process.env['REAL_CLIENTS'] === '1';
const { helm: real, kubectl = '', reason } = realClients();
const FIXTURES = chartFiles();

/** The charts that both helms are given, by their paths in the home directory. */
function chartFiles(): Record<string, string> {
  const top = join(FOLDER, 'charts');
  const entries = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(top, path), readFileSync(path, 'utf8')]));
}

describe.each(FILES)('%s', (name) => {
  const steps = readTranscript(readFileSync(join(FOLDER, name), 'utf8'));

  test('ours says what the real helm was recorded to say', () => {
    if (RECORDING) return;
    const machine = new KubectlMachine(undefined, { helm });
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

  test('the real helm says it still', async (context) => {
    if (real === undefined) return context.skip(reason);
    if (!RECORDING && !ASKING) return context.skip('set REAL_CLIENTS=1 to ask the real helm once more (minutes)');
    const recorded = await runReal(steps, { helm: real, kubectl }, FIXTURES);
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
