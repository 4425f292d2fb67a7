import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { root } from './paths.mjs';

/** The file in dist/ that says which sources it was built from. */
export const buildStamp = join(root, 'dist', '.sources');

/** A digest of everything the bundle is made from. */
export function sourcesFingerprint() {
  const sources = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json', 'tsup.config.ts'];
  return fingerprint(root, sources, (path) => path === 'src/sim/api/generated');
}

/** Whether dist/ was built from the sources as they are now. */
export function buildIsFresh() {
  try {
    return readFileSync(buildStamp, 'utf8') === sourcesFingerprint();
  } catch {
    return false;
  }
}
