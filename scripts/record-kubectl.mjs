// Fills in the answers of a table of cases by asking a real kubectl, which needs no cluster for it:
//   node scripts/record-kubectl.mjs PATH-TO-KUBECTL test/sim/api/yaml/read.json ...
// A table names its kind; a new case is its input alone, and this program adds what kubectl says to it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [kubectl, ...tables] = process.argv.slice(2);
if (kubectl === undefined || tables.length === 0) {
  console.error('usage: node scripts/record-kubectl.mjs KUBECTL TABLE.json...');
  process.exit(2);
}

const HEADER = { apiVersion: 'example.com/v1', kind: 'Example', metadata: { name: 'x' } };

/** Lets kubectl read a manifest and print it again; `label --local` changes nothing but the label. */
function pass(input, output) {
  const args = ['label', '--local', '-f', '-', 'seen=yes', '-o', output];
  const { stdout, stderr } = spawnSync(kubectl, args, { input, encoding: 'utf8' });
  return { stdout, stderr };
}

/** One recorder for each kind of table: from a case's input to what is recorded of it. */
const kinds = {
  /** `text` follows `spec:` in a manifest. */
  read: ({ text }) => {
    const manifest = `apiVersion: example.com/v1\nkind: Example\nmetadata:\n  name: x\nspec:${text}`;
    const { stdout, stderr } = pass(manifest, 'json');
    return stderr === '' ? { spec: JSON.parse(stdout).spec ?? null } : { error: stderr };
  },
  /** `value` is the manifest's spec. */
  print: ({ value }) => pass(JSON.stringify({ ...HEADER, spec: value }), 'yaml'),
  json: ({ value }) => pass(JSON.stringify({ ...HEADER, spec: value }), 'json'),
  /** `text` is the whole stream. */
  stream: ({ text }) => pass(text, 'name'),
  /** `output` is what follows -o. */
  output: ({ value, output }) => pass(JSON.stringify({ ...HEADER, spec: value }), output),
};

const version = JSON.parse(spawnSync(kubectl, ['version', '--client', '-o', 'json'], { encoding: 'utf8' }).stdout);
for (const path of tables) {
  const table = JSON.parse(readFileSync(path, 'utf8'));
  const cases = table.cases.map((row) => {
    const { spec, error, stdout, stderr, ...input } = row;
    return { ...input, ...kinds[table.kind](input) };
  });
  const recorded = { program: `kubectl ${version.clientVersion.gitVersion}`, kind: table.kind, cases };
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${path}: ${cases.length} cases`);
}
