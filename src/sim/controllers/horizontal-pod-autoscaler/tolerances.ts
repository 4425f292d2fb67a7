import { parseQuantity, quantityFloat } from '../../api/quantity.js';
import type { HorizontalPodAutoscaler } from '../../api/types/autoscaling.js';

/** How far use may be from its target before anything is scaled, as parts of the target. */
export interface Tolerances {
  readonly down: number;
  readonly up: number;
}

/** The tolerances of an autoscaler: its own where it has them, else the controller's. */
export function tolerancesOf({ spec }: HorizontalPodAutoscaler, otherwise: number): Tolerances {
  const own = (text: string | undefined) => (text === undefined ? otherwise : quantityFloat(parseQuantity(text)));
  return { down: own(spec.behavior?.scaleDown?.tolerance), up: own(spec.behavior?.scaleUp?.tolerance) };
}

/** Whether a use, as a part of its target, is near enough to it that nothing is scaled. */
export function isWithin({ down, up }: Tolerances, ratio: number): boolean {
  return 1 - down <= ratio && ratio <= 1 + up;
}
