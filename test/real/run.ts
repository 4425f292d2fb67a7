/**
 * `npm run test:real`: makes a real cluster on this machine and shows what runs on it; README.md here says how.
 */
import { spawn } from 'node:child_process';
import { prepareRealNodes, startRealNodes, type TestCluster } from './cluster.js';
import { canUnshare, ownFolder, runInOwnNamespaces } from './own-namespaces.js';
import { provenCluster } from './proof.js';

const HELP = `Usage: npm run test:real -- [PART…]

Makes a real Kubernetes cluster on this machine, of programs built from the public Go modules, in namespaces of its own,
and shows what runs on it. It needs Linux, root, Go 1.26, apt-get, openssl and nsenter. The first time takes some minutes.

Parts (all of them when none is named):
  cluster        what the cluster itself can do, with the official kubectl
  shell          none of these: a shell with KUBECONFIG set
  --help         this text`;

const words = process.argv.slice(2);
if (words.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const folder = ownFolder();
if (folder === undefined) {
  if (!canUnshare()) {
    console.error('test:real makes namespaces, for which it has to be root on Linux: nothing was run.');
    process.exit(1);
  }
  prepareRealNodes();
  process.exit(await runInOwnNamespaces());
}

const began = Date.now();
const tell = (line: string): void => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
// All that was started is killed with the process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));
const cluster = await startRealNodes(folder, tell);
tell('the cluster is ready');
const failures = words.includes('shell') ? await shell(cluster) : await provenCluster(cluster.kubeconfig, tell);
for (const failure of failures) console.log(`\n${failure}`);
await cluster.stop();
process.exit(failures.length > 0 ? 1 : 0);

/** For whoever wants to look around. */
async function shell({ kubeconfig }: TestCluster): Promise<[]> {
  const child = spawn('bash', { stdio: 'inherit', env: { ...process.env, KUBECONFIG: kubeconfig } });
  await new Promise((done) => child.once('exit', done));
  return [];
}
