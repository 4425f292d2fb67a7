import { admittedCreate } from './admitted-create.js';
import { apiFlat } from './api-flat.js';
import { apiInProcess } from './api-in-process.js';
import { apiServed } from './api-served.js';
import { autoscaledPods } from './autoscaled-pods.js';
import type { Benchmark } from './benchmark.js';
import { busyWorld } from './busy-world.js';
import { deploymentReady } from './deployment-ready.js';
import { exam } from './exam.js';
import { firstFrame } from './first-frame.js';
import { grading } from './grading.js';
import { gradingTasks } from './grading-tasks.js';
import { hourReplayed } from './hour-replayed.js';
import { keyEcho } from './key-echo.js';
import { keyToFrame } from './key-to-frame.js';
import { largeCluster } from './large-cluster.js';
import { listMany } from './list-many.js';
import { memory } from './memory.js';
import { objectMemory } from './object-memory.js';
import { oneCommand } from './one-command.js';
import { paneSearch } from './pane-search.js';
import { podPending } from './pod-pending.js';
import { podRunning } from './pod-running.js';
import { podsPlaced } from './pods-placed.js';
import { policyDecisions } from './policy-decisions.js';
import { proofs } from './proof.js';
import { serviceLookups } from './service-lookups.js';
import { versionStart } from './version-start.js';
import { watchers } from './watchers.js';
import { worldReady } from './world-ready.js';

/** All benchmarks by the files that they stand in, in the order in which they are printed. */
export const benchmarksByFile: Readonly<Record<string, readonly Benchmark[]>> = {
  'admitted-create': admittedCreate,
  'api-flat': apiFlat,
  'api-in-process': apiInProcess,
  'api-served': apiServed,
  'autoscaled-pods': [autoscaledPods],
  'busy-world': [busyWorld],
  'deployment-ready': deploymentReady,
  exam,
  'first-frame': [firstFrame],
  grading: [grading],
  'grading-tasks': gradingTasks,
  'hour-replayed': [hourReplayed],
  'key-echo': keyEcho,
  'key-to-frame': keyToFrame,
  'large-cluster': largeCluster,
  'list-many': listMany,
  memory: [memory],
  'object-memory': [objectMemory],
  'one-command': [oneCommand],
  'pane-search': [paneSearch],
  'pod-pending': [podPending],
  'pod-running': [podRunning],
  'pods-placed': podsPlaced,
  'policy-decisions': policyDecisions,
  proof: proofs,
  'service-lookups': [serviceLookups],
  'version-start': [versionStart],
  watchers,
  'world-ready': [worldReady],
};
