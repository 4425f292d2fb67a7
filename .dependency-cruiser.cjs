/**
 * Which way imports run. ARCHITECTURE.md tells the same in words; whoever changes one changes both.
 * Imports of types count like any other.
 */

/** The staircase outside the simulator: a room may use the rooms below it, never one above it. */
const staircase = ['main.ts', 'cli/', 'ui/', 'labs/', 'checker/', 'clusters/', 'sim/'];

/** Every room of the simulator, and the rooms it may use beside itself, the kernel and the API's kinds. */
const simRooms = {
  store: [],
  cel: [],
  apiserver: ['cel', 'store', 'client'],
  client: [],
  hosts: ['client'],
  network: ['client'],
  storage: ['client'],
  kubelet: ['client'],
  controllers: ['client'],
  scheduler: ['client'],
  images: ['client'],
  kubectl: ['client'],
  helm: ['client', 'kubectl', 'shell'],
  programs: ['client', 'shell'],
  outside: [],
  worlds: ['client', 'helm', 'hosts', 'images'],
  http: ['client'],
};

/** Node's own modules that are pure, or need no world outside: all that the simulator may use. */
const pureModules = ['crypto', 'zlib', 'buffer', 'util'];

const oneOf = (names) => `(?:${names.join('|')})`;
const room = (name) => `^src/${name.replace('.', '\\.')}`;

const downTheStairs = staircase.slice(1).map((name, index) => ({
  name: `nothing-below-imports-${staircase[index].replace(/\W.*/, '')}`,
  comment: `main → cli → ui → labs → checker → clusters → sim: ${name} and below know nothing of ${staircase[index]}`,
  severity: 'error',
  from: { path: `^src/${oneOf(staircase.slice(index + 1))}` },
  to: { path: room(staircase[index]) },
}));

const insideSim = Object.entries(simRooms).map(([name, uses]) => ({
  name: `sim-${name}-imports`,
  comment: `src/sim/${name} may import ${['kernel', 'api', ...uses].join(', ')} and itself`,
  severity: 'error',
  from: { path: `^src/sim/${name}/` },
  to: { path: '^src/', pathNot: `^src/sim/${oneOf(['kernel', 'api', name, ...uses])}/` },
}));

const absences = [
  {
    name: 'sim-kernel-imports',
    comment: 'the kernel stands on nothing',
    from: { path: '^src/sim/kernel/' },
    to: { path: '^src/', pathNot: '^src/sim/kernel/' },
  },
  {
    name: 'sim-api-imports',
    comment: 'the kinds of the API know the kernel at most, and the language of the expressions in them',
    from: { path: '^src/sim/api/' },
    to: { path: '^src/', pathNot: '^src/sim/(?:kernel|api|cel)/' },
  },
  {
    name: 'shell-knows-no-kubernetes',
    comment: 'the shell sees system calls only: neither the client nor the kinds of the API',
    from: { path: '^src/sim/shell/' },
    to: { path: '^src/', pathNot: '^src/sim/(?:kernel|shell)/' },
  },
  {
    name: 'controllers-apart',
    comment: 'controllers never import each other; they meet in the store, and share machinery/',
    from: { path: '^src/sim/controllers/([^/]+)/' },
    to: { path: '^src/sim/controllers/[^/]+/', pathNot: '^src/sim/controllers/(?:$1|machinery)/' },
  },
  {
    name: 'only-the-wiring-imports-all',
    comment: 'cluster.ts alone builds the parts; index.ts alone is the door',
    from: { path: '^src/sim/[^/]+/' },
    to: { path: '^src/sim/[^/]+\\.ts$' },
  },
  {
    name: 'nothing-in-sim-imports-http',
    comment: 'the HTTPS door touches sockets, so nothing else in the simulator may know it',
    from: { path: '^src/sim/', pathNot: '^src/sim/http/' },
    to: { path: '^src/sim/http/' },
  },
  {
    name: 'sim-by-its-door',
    comment:
      'from outside, the simulator is src/sim/index.ts, src/sim/http for the second door, and src/sim/cel, which is pure',
    from: { path: '^src/', pathNot: '^src/sim/' },
    to: { path: '^src/sim/', pathNot: '^src/sim/(?:index\\.ts$|http/|cel/index\\.ts$)' },
  },
  {
    name: 'sim-only-from-clusters',
    comment: 'labs, checks and screens reach a cluster through the port',
    from: { path: '^src/', pathNot: '^src/(?:clusters|sim)/' },
    to: { path: '^src/sim/' },
  },
  {
    name: 'pane-is-a-screen',
    comment: 'the pane is fed with bytes and knows nothing of lines, prompts, labs or clusters',
    from: { path: '^src/ui/pane/' },
    to: { path: '^src/', pathNot: '^src/ui/(?:pane/|theme)' },
  },
  {
    name: 'store-without-react',
    comment: 'the state of the screens and its reducer live outside React',
    from: { path: '^src/ui/(?:store|keys)' },
    to: { path: 'node_modules/(?:react|ink)(?:/|-)' },
  },
  {
    name: 'react-only-in-ui',
    comment: 'React and Ink belong to the screens',
    from: { path: '^src/(?:labs|checker|clusters|sim)/' },
    to: { path: 'node_modules/(?:react|ink)(?:/|-)' },
  },
  {
    name: 'sim-sees-no-outside',
    comment: 'no disk, network, process, timer or worker inside the simulator, the HTTPS door apart',
    from: { path: '^src/sim/', pathNot: '^src/sim/http/' },
    to: { dependencyTypes: ['core'], pathNot: `^(?:node:)?${oneOf(pureModules)}$` },
  },
  {
    name: 'no-disk-in-screens-and-checks',
    comment: 'labs alone writes state to disk; cli writes what a person asks for',
    from: { path: '^src/(?:ui|checker)/' },
    to: { path: '^(?:node:)?fs(?:/promises)?$' },
  },
  {
    name: 'no-cycle',
    comment: 'a cycle is an error',
    from: {},
    // A cycle of types alone is no cycle when the program runs.
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-tests-in-the-program',
    comment: 'the program imports neither tests nor tools',
    from: { path: '^src/' },
    to: { path: '^(?:test|bench|scripts)/' },
  },
  {
    name: 'no-dev-dependency-in-the-program',
    comment: 'what the program imports is among "dependencies"',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm'] },
  },
  {
    name: 'resolvable',
    comment: 'every import leads somewhere',
    from: {},
    to: { couldNotResolve: true, pathNot: 'src/sim/api/generated/' },
  },
].map((rule) => ({ severity: 'error', ...rule }));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...downTheStairs, ...insideSim, ...absences],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/sim/api/generated/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
