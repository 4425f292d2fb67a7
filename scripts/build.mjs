/** `npm run build`: generated sources, then the bundle in dist/. Says nothing unless something is wrong. */
import { writeFileSync } from 'node:fs';
import { build } from 'tsup';
import { buildStamp, sourcesFingerprint } from './tooling/freshness.mjs';
import { generate } from './tooling/generate.mjs';
import { root } from './tooling/paths.mjs';

process.chdir(root);
const sources = sourcesFingerprint();
await generate();
await build({ silent: true });
writeFileSync(buildStamp, sources);
