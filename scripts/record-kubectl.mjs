// Fills in the answers of a table of cases by asking a real kubectl, which needs no cluster for it (for `get` it is
// shown one list of objects by a small server on loopback):
//   node scripts/record-kubectl.mjs PATH-TO-KUBECTL test/sim/api/yaml/read.json ...
// A table names its kind; a new case is its input alone, and this program adds what kubectl says to it.
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

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
  /** `args` follow `kubectl get pods`; the pods are the table's `objects`, their columns its `columns` and `rows`. */
  get: ({ args }, table) => get(args, table),
};

const PODS = { name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs: ['get', 'list'] };

/** What the server answers, by path. */
function answer(path, wantsTable, table) {
  const list = { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: table.objects };
  const rows = table.objects.map((object, i) => ({ cells: table.rows[i], object }));
  const pods = { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: {}, columnDefinitions: table.columns, rows };
  const answers = {
    '/api': { kind: 'APIVersions', versions: ['v1'] },
    '/apis': { kind: 'APIGroupList', apiVersion: 'v1', groups: [] },
    '/api/v1': { kind: 'APIResourceList', groupVersion: 'v1', resources: [PODS] },
    '/api/v1/pods': wantsTable ? pods : list,
    '/api/v1/namespaces/default/pods': wantsTable ? pods : list,
  };
  return answers[path];
}

async function get(args, table) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const body = answer(pathname, request.headers.accept?.includes('as=Table') === true, table);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  const options = { env: { ...process.env, KUBECONFIG: '/dev/null', HOME: '/nonexistent' } };
  const result = await new Promise((resolve) => {
    execFile(kubectl, ['-s', address, 'get', 'pods', ...args], options, (_error, stdout, stderr) => {
      resolve({ stdout, stderr });
    });
  });
  server.close();
  return result;
}

const version = JSON.parse(spawnSync(kubectl, ['version', '--client', '-o', 'json'], { encoding: 'utf8' }).stdout);
for (const path of tables) {
  const table = JSON.parse(readFileSync(path, 'utf8'));
  const cases = [];
  for (const { spec, error, stdout, stderr, ...input } of table.cases) {
    cases.push({ ...input, ...(await kinds[table.kind](input, table)) });
  }
  const recorded = { ...table, program: `kubectl ${version.clientVersion.gitVersion}`, cases };
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
  console.log(`${path}: ${cases.length} cases`);
}
