/** `node scripts/run.mjs test/reference/behind-objects/record-behind-objects.ts`: asks a real kube-apiserver. */
import { recordSequences } from '../sequences/record.js';
import { BEHIND_SEQUENCES } from './steps.js';

/** Webhooks, kinds and quotas are known a moment after they are made. */
const SETTLING_MS = 3000;

await recordSequences('behind-objects', BEHIND_SEQUENCES, {
  settling: ({ id }) => (/set up: (?:count of|definition|hook)/.test(id) ? SETTLING_MS : 0),
});
