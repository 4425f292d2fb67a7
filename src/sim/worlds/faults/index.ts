import { corednsScaledToZero, kubeDnsSelectorWrong } from './coredns.js';
import { corefileZoneMisspelledNoReload } from './corefile.js';
import type { Fault } from './fault.js';

/** Faults that labs ask for by name. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  [corednsScaledToZero, corefileZoneMisspelledNoReload, kubeDnsSelectorWrong].map((fault) => [fault.name, fault]),
);
