import type { Program } from '../kernel/sys.js';
import { admissionWebhook } from './admission-webhook/program.js';
import { nginx } from './nginx/nginx.js';
import { pauseProgram } from './pause-program.js';
import { storePrograms } from './store-programs.js';
import { plainServer } from './unknown/plain-server.js';

/** Programs that only container images carry, by the name their binaries carry. */
export const imagePrograms: Readonly<Record<string, Program>> = {
  ...storePrograms,
  'admission-webhook': admissionWebhook,
  nginx,
  pause: pauseProgram,
  'plain-server': plainServer,
};
