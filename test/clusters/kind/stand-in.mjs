/**
 * Stands in for kind, docker, podman, nerdctl and kubectl, by the name it is started as. What they know is in the folder that
 * STAND_IN names: `scenario.json` (which failures, a test writes it), `state.json` (containers), `calls.jsonl` (each call).
 * Words are those of kind v0.33.0 and docker 28.2.2: recorded where no container engine is needed for them, otherwise from
 * kind's sources and from reports (`docs/kind.md` says which). The engine's part is whole enough for a real kind.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { FAILURES } from './create-failures.mjs';

const [, program, ...args] = process.argv;
const name = basename(program);
const folder = process.env.STAND_IN;
const scenario = readJson('scenario.json', {});
const CLUSTER = 'io.x-k8s.kind.cluster';
const SYSTEM = { PATH: `${folder}/inside:/usr/bin:/bin` };

appendFileSync(join(folder, 'calls.jsonl'), `${JSON.stringify([name, ...args])}\n`);
function readJson(file, otherwise) {
  const path = join(folder, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : otherwise;
}

function state() {
  return readJson('state.json', { containers: {} });
}

function change(to) {
  const now = state();
  to(now);
  writeFileSync(join(folder, 'state.json'), JSON.stringify(now, undefined, 1));
}

function out(text) {
  writeFileSync(1, text);
}

function refuse(text, code = 1) {
  writeFileSync(2, `${text}\n`);
  process.exit(code);
}

/** Does not go on until it is killed, or its parent is gone: then the next word would break it. */
function hang() {
  const parent = process.ppid;
  for (let look = 0; look < 600 && process.ppid === parent; look += 1)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  process.exit(141);
}

function option(flag) {
  const at = args.indexOf(flag);
  return at === -1 ? undefined : args[at + 1];
}

function kubectl(verb) {
  if (verb === 'version') {
    const gitVersion = scenario.kubectl ?? 'v1.36.0';
    if (gitVersion === 'broken') refuse('exec format error', 126);
    return out(JSON.stringify({ clientVersion: { major: '1', minor: '36', gitVersion } }, undefined, 2));
  }
  // What the internet or a real deployment is needed for is taken to succeed.
  if (['apply', 'patch', 'wait'].some((one) => args.includes(one))) {
    if (scenario.kubectlFails && args.join(' ').includes(scenario.kubectlFails))
      refuse(
        'error: unable to read URL "https://raw.githubusercontent.com/": dial tcp: lookup raw.githubusercontent.com: no such host',
      );
    return;
  }
  if (scenario.proxy === 'refused') refuse('error: listen tcp 127.0.0.1:0: bind: operation not permitted');
  refuse(`stand-in: kubectl ${args.join(' ')} is not known`);
}

/** kind v0.33.0. */
function kind(verb, what) {
  if (verb === 'version') return out(`kind ${scenario.kind ?? 'v0.33.0'} go1.26.8 linux/amd64\n`);
  const cluster = option('--name');
  if (process.env.KIND_EXPERIMENTAL_PROVIDER)
    writeFileSync(2, `using ${process.env.KIND_EXPERIMENTAL_PROVIDER} due to KIND_EXPERIMENTAL_PROVIDER\n`);
  if (verb === 'get' && what === 'clusters') return kindGetClusters();
  if (verb === 'create') return kindCreate(cluster);
  if (verb === 'delete') return kindDelete(cluster);
  if (verb === 'export') return kindKubeconfig(cluster);
  refuse(`ERROR: unknown command "${verb}" for "kind"`);
}

function kindGetClusters() {
  const down = engineDown();
  if (down) {
    refuse(
      `ERROR: failed to list clusters: command "docker ps -a --filter label=${CLUSTER} --format '{{.Label "${CLUSTER}"}}'" failed with error: exit status 1\n\nCommand Output: ${down}`,
    );
  }
  const names = new Set(Object.values(state().containers).map(({ cluster }) => cluster));
  if (names.size === 0) return writeFileSync(2, 'No kind clusters found.\n');
  out(
    [...names]
      .sort()
      .map((one) => `${one}\n`)
      .join(''),
  );
}

function kindCreate(cluster) {
  const config = JSON.parse(readFileSync(0, 'utf8'));
  writeFileSync(join(folder, `${cluster}.config.json`), JSON.stringify(config, undefined, 2));
  const taken = Object.values(state().containers).some((one) => one.cluster === cluster);
  if (taken) refuse(`ERROR: failed to create cluster: node(s) already exist for a cluster with the name "${cluster}"`);
  writeFileSync(2, `Creating cluster "${cluster}" ...\n`);
  const workers = config.nodes.length - 1;
  const steps = [
    `Ensuring node image (${config.nodes[0].image.split('@')[0]}) 🖼️`,
    `Preparing nodes ${'📦 '.repeat(config.nodes.length)}`,
    'Writing configuration 📜',
    'Starting control-plane 🕹️',
    ...(config.networking.disableDefaultCNI ? [] : ['Installing CNI 🔌']),
    'Installing StorageClass 💾',
    ...(workers > 0 ? ['Joining worker nodes 🚜'] : []),
  ];
  const failing = [scenario.create].flat().filter(Boolean);
  const failure = FAILURES[failing[0]];
  for (const step of steps) {
    writeFileSync(2, ` • ${step}  ...\n`);
    if (step.startsWith('Preparing')) addContainers(cluster, config);
    if (scenario.hangs && step.startsWith(scenario.hangs)) hang();
    if (failure && step.startsWith(failure[0])) {
      writeFileSync(2, ` ✗ ${step}\n`);
      if (scenario.leaves !== true) removeContainers(cluster);
      if (failing.length > 1)
        writeFileSync(join(folder, 'scenario.json'), JSON.stringify({ ...scenario, create: failing.slice(1) }));
      else if (scenario.once)
        writeFileSync(join(folder, 'scenario.json'), JSON.stringify({ ...scenario, create: undefined }));
      refuse(`ERROR: failed to create cluster: ${failure[1]}`);
    }
    writeFileSync(2, ` ✓ ${step}\n`);
  }
  kindKubeconfig(cluster);
  writeFileSync(
    2,
    `Set kubectl context to "kind-${cluster}"\nYou can now use your cluster with:\n\nkubectl cluster-info --context kind-${cluster}\n\nHave a nice day! 👋\n`,
  );
}

function addContainers(cluster, { nodes }) {
  const count = {};
  change(({ containers }) => {
    for (const { role } of nodes) {
      count[role] = (count[role] ?? 0) + 1;
      const container = `${cluster}-${role}${count[role] === 1 ? '' : count[role]}`;
      containers[container] = { cluster, role, running: true };
      for (const path of [
        'etc/kubernetes',
        'root',
        'home/candidate',
        'kind',
        'usr/bin',
        'opt',
        'srv',
        'var/lib/kubelet',
        'tmp',
      ])
        mkdirSync(join(folder, 'containers', container, path), { recursive: true });
    }
  });
}

function removeContainers(cluster) {
  change(({ containers }) => {
    for (const [container, one] of Object.entries(containers)) {
      if (one.cluster !== cluster) continue;
      delete containers[container];
      rmSync(join(folder, 'containers', container), { recursive: true, force: true });
    }
  });
}

function kindDelete(cluster) {
  writeFileSync(2, `Deleting cluster "${cluster}" ...\n`);
  const nodes = Object.entries(state().containers).filter(([, one]) => one.cluster === cluster);
  if (nodes.length === 0) return;
  const names = nodes.map(([container]) => container);
  if (scenario.delete === 'refused') {
    refuse(
      `ERROR: failed to delete cluster "${cluster}": failed to delete nodes: command "docker rm -f -v ${names.join(' ')}" failed with error: exit status 1\n\nCommand Output: Error response from daemon: cannot remove container "/${names[0]}": could not kill: tried to kill container, but did not receive an exit event`,
    );
  }
  removeContainers(cluster);
  writeFileSync(2, `Deleted nodes: [${names.map((one) => `"${one}"`).join(' ')}]\n`);
}

/** The cluster's API is wherever the test says. */
function kindKubeconfig(cluster) {
  const path = option('--kubeconfig');
  const there = Object.values(state().containers).some((one) => one.cluster === cluster);
  if (!there)
    refuse(
      `ERROR: could not locate any control plane nodes for cluster named '${cluster}'. Use the --name option to select a different cluster`,
    );
  const served = join(folder, 'kubeconfig');
  writeFileSync(path, existsSync(served) ? readFileSync(served) : 'apiVersion: v1\nkind: Config\n', { mode: 0o600 });
}

function engineDown() {
  if (scenario.engine === 'down')
    return 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?';
  if (scenario.engine === 'denied')
    return 'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get "http://%2Fvar%2Frun%2Fdocker.sock/v1.50/info": dial unix /var/run/docker.sock: connect: permission denied';
  return undefined;
}

function engine(verb) {
  if (verb === '-v' || verb === '--version')
    return out(`${name === 'docker' ? 'Docker version 28.2.2, build e6534b4' : `${name} version 5.5.2`}\n`);
  const down = name === 'docker' ? engineDown() : undefined;
  if (down) refuse(down);
  const verbs = {
    info: engineInfo,
    inspect: engineInspect,
    exec: engineExec,
    restart: engineRestart,
    start: engineStart,
    ps: enginePs,
    port: enginePort,
  };
  const more = { run: engineRun, logs: engineLogs, rm: engineRemove, network: engineNetwork, pull: () => {} };
  const known = verbs[verb] ?? more[verb];
  if (!known) refuse(`${name}: '${verb}' is not a ${name} command.`);
  known();
}

function engineInfo() {
  const format = option('--format') ?? option('-f') ?? '';
  if (format.includes('.DriverStatus')) return out('[["Backing Filesystem","extfs"]]\n');
  if (format.includes('.Driver}')) return out('overlay2\n');
  if (name === 'podman') {
    const host = { cgroupVersion: scenario.cgroup1 ? 'v1' : 'v2', security: { rootless: scenario.rootless === true } };
    return out(JSON.stringify({ host, version: { Version: scenario.podman ?? '5.5.2' } }));
  }
  if (format.includes('.SecurityOptions')) return out('["name=seccomp,profile=builtin"]\n');
  out(
    `${JSON.stringify({
      ServerVersion: scenario.docker ?? '28.2.2',
      CgroupDriver: 'systemd',
      CgroupVersion: scenario.cgroup1 ? '1' : '2',
      MemoryLimit: true,
      PidsLimit: true,
      CPUShares: true,
      SecurityOptions: ['name=seccomp,profile=builtin', ...(scenario.rootless ? ['name=rootless'] : [])],
    })}\n`,
  );
}

function engineInspect() {
  if (args.includes('--type=image')) return out('[{}]\n');
  const container = args.at(-1);
  const format = option('--format') ?? option('-f') ?? '';
  const one = state().containers[container];
  if (!one) {
    out('[]\n');
    refuse(`Error: No such object: ${container}`);
  }
  if (format.includes('State.Running')) return out(`${one.running}\n`);
  if (format.includes('io.x-k8s.kind.role')) return out(`${one.role}\n`);
  if (format.includes('IPAddress'))
    return out(`172.18.0.${2 + Object.keys(state().containers).indexOf(container)},fc00:f853:ccd:e793::2\n`);
  if (format.includes('desktop.docker.io')) return out('\n');
  if (format.includes('6443/tcp')) return out('127.0.0.1\t40415\n');
  out('[{}]\n');
}

/** Only what looks at files and puts nodes back is really run, in the container's folder; what else succeeds says nothing. */
function engineExec() {
  const container = args.find((one) => state().containers[one] !== undefined);
  const named = container ?? args.find((one) => one.startsWith('kubedrill-'));
  const one = state().containers[container];
  if (!one) refuse(`Error response from daemon: No such container: ${named}`);
  if (!one.running) refuse(`Error response from daemon: container 3f4e1d5c0c11 is not running`);
  const argv = args.slice(args.indexOf(container) + 1);
  const root = join(folder, 'containers', container);
  const stdin = args.includes('-i') ? readFileSync(0) : Buffer.alloc(0);
  const script = stdin.toString();
  if (script) appendFileSync(join(folder, 'scripts.jsonl'), `${JSON.stringify({ container, args: argv, script })}\n`);
  const answer = (scenario.exec ?? []).find(({ has }) => argv.join(' ').includes(has) || stdin.includes(has));
  if (answer) {
    out(answer.stdout ?? '');
    if (answer.hangs) hang();
    if (answer.stderr) writeFileSync(2, answer.stderr);
    process.exit(answer.code ?? 0);
  }
  if (argv[0] === 'cat' && argv[1] === '/kind/version') return out('v1.36.4');
  if (argv[0] === 'cp' && argv[1] === '/dev/stdin') return writeFileSync(join(root, argv[2]), stdin);
  if (argv[0] === 'cat' && argv[1] === '/etc/kubernetes/admin.conf')
    return out(readFileSync(join(folder, 'kubeconfig')));
  if (argv[0] === 'cat') return out('');
  if (stdin.includes('-mindepth 1 -delete')) {
    for (const one of readdirSync(argv.at(-1))) rmSync(join(argv.at(-1), one), { recursive: true });
    return;
  }
  const looks = argv[3] === 'look' || argv[3] === 'list';
  const baseline = stdin.includes('kept_list');
  if (!looks && !baseline) return;
  const ended = looks
    ? spawnSync('/bin/bash', [...argv.slice(1, 4), join(root, argv[4])], { env: SYSTEM })
    : spawnSync('/bin/bash', argv.slice(1), { input: stdin, env: { ...SYSTEM, ROOT: root } });
  out(ended.stdout);
  writeFileSync(2, ended.stderr);
  process.exit(ended.status ?? 1);
}

function engineStart() {
  change(({ containers }) => {
    for (const container of args.slice(1)) if (containers[container]) containers[container].running = true;
  });
  rmSync(join(folder, 'slow'), { force: true });
}

function engineRestart() {
  if (scenario.restart === 'refused')
    refuse(
      `Error response from daemon: Cannot restart container ${args[1]}: tried to kill container, but did not receive an exit event`,
    );
  out(`${args[1]}\n`);
}

function enginePs() {
  const wanted = args.find((one) => one.startsWith(`label=${CLUSTER}=`))?.split('=')[2];
  const rows = Object.entries(state().containers).filter(
    ([, { cluster }]) => wanted === undefined || cluster === wanted,
  );
  const byCluster = (option('--format') ?? '').includes('.Label');
  out(rows.map(([container, { cluster }]) => `${byCluster ? cluster : container}\n`).join(''));
}

function enginePort() {
  out('80/tcp -> 127.0.0.1:32768\n443/tcp -> 127.0.0.1:32769\n6443/tcp -> 127.0.0.1:40415\n');
}

function engineRun() {
  const label = (key) => args.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1);
  const container = option('--name');
  change(({ containers }) => {
    containers[container] = { cluster: label(CLUSTER), role: label('io.x-k8s.kind.role'), running: true };
  });
  mkdirSync(join(folder, 'containers', container, 'kind'), { recursive: true });
}

function engineLogs() {
  out('[  OK  ] Reached target multi-user.target - Multi-User System.\n');
}

function engineRemove() {
  change(({ containers }) => {
    for (const container of args) delete containers[container];
  });
}

function engineNetwork() {
  if (args[1] === 'ls') return out('c2f3\n');
  out('[{"Id":"c2f3","Name":"kind","Containers":{},"Options":{}}]\n');
}

const known = { kind, kubectl, docker: engine, podman: engine, nerdctl: engine };
known[name](...args);
