import { budgetsKept } from './budgets-kept.js';
import { calmStays } from './calm-stays.js';
import { containersBelong } from './containers-belong.js';
import { endpointsAreReadyPods } from './endpoints-are-ready-pods.js';
import { generationsObserved } from './generations-observed.js';
import type { Invariant } from './invariant.js';
import { jobsCounted } from './jobs-counted.js';
import { nobodyWaitsInVain } from './nobody-waits-in-vain.js';
import { nothingOutlivesItsOwner } from './nothing-outlives-its-owner.js';
import { podsGoForward } from './pods-go-forward.js';
import { quotasKept } from './quotas-kept.js';
import { replicasConverge } from './replicas-converge.js';
import { watchersEqualStore } from './watchers-equal-store.js';
import { withinAllocatable } from './within-allocatable.js';

/** What must hold in every seeded run, beside: no program crashes, and one seed gives one life. */
export const INVARIANTS: readonly Invariant[] = [
  budgetsKept,
  calmStays,
  containersBelong,
  endpointsAreReadyPods,
  generationsObserved,
  jobsCounted,
  nobodyWaitsInVain,
  nothingOutlivesItsOwner,
  podsGoForward,
  quotasKept,
  replicasConverge,
  watchersEqualStore,
  withinAllocatable,
];
