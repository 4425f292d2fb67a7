import { corednsScaledToZero, kubeDnsSelectorWrong } from './coredns.js';
import { corefileZoneMisspelledNoReload } from './corefile.js';
import type { Fault } from './fault.js';
import {
  kubeletClientCaMissing,
  kubeletConfigNotYaml,
  kubeletDisabled,
  kubeletFlagRemoved,
  kubeletProgramMisplaced,
  kubeletServerPortWrong,
} from './kubelet.js';

/** Faults that labs ask for by name. */
export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  [
    corednsScaledToZero,
    corefileZoneMisspelledNoReload,
    kubeDnsSelectorWrong,
    kubeletClientCaMissing,
    kubeletConfigNotYaml,
    kubeletDisabled,
    kubeletFlagRemoved,
    kubeletProgramMisplaced,
    kubeletServerPortWrong,
  ].map((fault) => [fault.name, fault]),
);
