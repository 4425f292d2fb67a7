/**
 * Runs a TypeScript script: `node scripts/run.mjs FILE [ARGS…]`. The script finds its own arguments
 * from process.argv[2] on, as if it had been run directly.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleScript } from './tooling/bundle-script.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/run.mjs FILE [ARGS…]');
  process.exit(2);
}
const script = resolve(file);
// What is measured is what people run.
if (file.startsWith('bench/')) process.env.NODE_ENV ??= 'production';
const bundled = await bundleScript(script);
process.argv = [process.argv[0], script, ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(bundled).href);
