/** `npm run build`: generated sources, then the bundle in dist/. Says nothing unless something is wrong. */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'tsup';
import { buildStamp, sourcesFingerprint } from './tooling/freshness.mjs';
import { generate } from './tooling/generate.mjs';
import { cache, root } from './tooling/paths.mjs';

/** The files that name the others: they change hands last, so that none names what is not there yet. */
const ENTRIES = ['worker.js', 'main.js'];

/**
 * Puts the files of one folder in the place of those of another, each at once. Somebody else may be building the same
 * sources, or be running the program: files that stay the same, as their names say, are never missing.
 */
function putInPlace(made, place) {
  mkdirSync(place, { recursive: true });
  const names = readdirSync(made).sort((a, b) => ENTRIES.indexOf(a) - ENTRIES.indexOf(b));
  for (const name of names) renameSync(join(made, name), join(place, name));
  const keep = new Set([...names, basename(buildStamp)]);
  for (const name of readdirSync(place))
    if (!keep.has(name)) rmSync(join(place, name), { recursive: true, force: true });
}

process.chdir(root);
const sources = sourcesFingerprint();
await generate();
mkdirSync(cache, { recursive: true });
const made = mkdtempSync(join(cache, 'build-'));
try {
  await build({ silent: true, outDir: made, clean: false });
  putInPlace(made, dirname(buildStamp));
} finally {
  rmSync(made, { recursive: true, force: true });
}
writeFileSync(buildStamp, sources);
