/** `node scripts/run.mjs test/reference/custom/record-custom.ts`: asks a real kube-apiserver what is asked of custom kinds. */
import { recordSequences } from '../sequences/record.js';
import { CUSTOM_SEQUENCES } from './sequences.js';

/** A kind that is new lets its first objects wait two seconds, and documents are told a moment later. */
const SETTLING_MS = 3_500;
const DELETING_MS = 6_500;

await recordSequences('custom', CUSTOM_SEQUENCES, {
  settling: ({ id, method, target }) => {
    const isWrite = method !== 'GET' && !target.includes('dryRun');
    const settling = isWrite && target.includes('customresourcedefinitions') ? SETTLING_MS : 0;
    return settling + (id.endsWith('let go') ? DELETING_MS : 0);
  },
});
