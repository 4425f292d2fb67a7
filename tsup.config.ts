import { existsSync } from 'node:fs';
import { defineConfig } from 'tsup';

const main = 'src/main.ts';
const worker = 'src/clusters/sim/worker.ts';

/** Some bundled packages are CommonJS and call require; an ES module has none of its own. */
const requireForCommonJs =
  "import { createRequire as createRequireOfNode } from 'node:module';\nconst require = createRequireOfNode(import.meta.url);";

export default defineConfig({
  entry: existsSync(worker) ? { main, worker } : { main },
  outDir: 'dist',
  clean: true,
  format: 'esm',
  target: 'node20',
  platform: 'node',
  bundle: true,
  splitting: true,
  minify: true,
  treeshake: false,
  dts: false,
  env: { NODE_ENV: 'production' },
  noExternal: [/.*/],
  // Pseudo-terminals are optional, and come with a part for each kind of computer.
  external: ['@lydell/node-pty', 'bufferutil', 'utf-8-validate'],
  esbuildOptions(options) {
    options.alias = { 'react-devtools-core': './scripts/stubs/react-devtools-core.js' };
    options.banner = { js: requireForCommonJs };
    options.legalComments = 'none';
    options.jsx = 'automatic';
  },
});
