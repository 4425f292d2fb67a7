/** `node scripts/run.mjs test/reference/resize/record-resize.ts`: asks a real kube-apiserver for other resources of pods. */
import { recordSequences } from '../sequences/record.js';
import { RESIZE_SEQUENCES } from './steps.js';

/** Plug-ins see nodes and limits a moment later. */
const SETTLING_MS = 1000;

await recordSequences('resize', RESIZE_SEQUENCES, {
  settling: ({ id }) => (/set up: (?:node|limits)/.test(id) ? SETTLING_MS : 0),
});
