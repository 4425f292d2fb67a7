import type { Capability } from '../../clusters/port.js';

/** Something that a cluster must be able to do for a lab, and what of the lab asks for it. */
export interface Need {
  readonly need: Capability;
  /** What asks for it, after `because`: `the check "cordoned" acts`. */
  readonly because: string;
}
