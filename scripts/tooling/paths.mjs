import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Where the tools keep what can be made again; `npm ci` clears it. */
export const cache = join(root, 'node_modules', '.cache', 'kubedrill');
