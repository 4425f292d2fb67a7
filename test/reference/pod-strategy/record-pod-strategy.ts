/** `node scripts/run.mjs test/reference/pod-strategy/record-pod-strategy.ts`: asks a real kube-apiserver for new pods. */
import { recordSequences } from '../sequences/record.js';
import { POD_STRATEGY_SEQUENCES } from './steps.js';

await recordSequences('pod-strategy', POD_STRATEGY_SEQUENCES);
