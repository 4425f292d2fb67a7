import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helm } from '../../src/sim/helm/helm.js';
import { KubectlMachine } from '../sim/kubectl/machine.js';
import { realClients } from './real-kubectl.js';
import { realLines } from './side-by-side.js';

const { helm: real, reason } = realClients();
const BARE = join(import.meta.dirname, 'helm', 'charts', 'bare');
const FIXTURES = Object.fromEntries(
  ['Chart.yaml', 'templates/cm.yaml'].map((name) => [`bare/${name}`, readFileSync(join(BARE, name), 'utf8')]),
);

test('each helm goes on with the releases of the other', async (context) => {
  if (real === undefined) return context.skip(reason);
  const machine = new KubectlMachine(undefined, { helm });
  machine.put(FIXTURES);
  const ours = (line: string) => machine.shell(line);
  expect(ours('helm install a bare --set-string data.x=1 --labels team=blue').code).toBe(0);
  const said = await realLines(machine, { helm: real }, FIXTURES, [
    'helm list -q -l team=blue',
    'helm get values a -o json',
    'helm upgrade a bare --set-string data.x=2',
    'helm install b bare --set-string data.y=1',
    'helm rollback a 1',
  ]);
  expect(said.map(({ code, err }) => ({ code, err }))).toEqual(said.map(() => ({ code: 0, err: '' })));
  expect(said.slice(0, 2).map(({ out }) => out)).toEqual(['a\n', '{"data":{"x":"1"}}\n']);
  expect(ours('helm history a -o json | grep -o "\\"status\\":\\"[a-z]*\\""').out).toBe(
    '"status":"superseded"\n"status":"superseded"\n"status":"deployed"\n',
  );
  expect(ours('helm get values b -o json').out).toBe('{"data":{"y":"1"}}\n');
  expect(ours('helm upgrade b bare --reuse-values --set-string data.z=2').code).toBe(0);
  expect(ours("kubectl get cm b -o jsonpath='{.data}'").out).toBe('{"y":"1","z":"2"}');
  expect(ours('helm uninstall a b').out).toBe('release "a" uninstalled\nrelease "b" uninstalled\n');
}, 60_000);
