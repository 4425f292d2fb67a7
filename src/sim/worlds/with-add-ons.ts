import { ADD_ONS } from './add-ons/register.js';
import { WorldError } from './index.js';
import type { WorldPlan } from './plan.js';

/** A world's plan with the objects of the add-ons it is asked to have. Throws `WorldError` for a name that is none. */
export function withAddOns(plan: WorldPlan, names: readonly string[]): WorldPlan {
  if (names.length === 0) return plan;
  const addOns = names.map((name) => {
    const found = ADD_ONS.find((one) => one.name === name);
    if (!found)
      throw new WorldError(`there is no add-on ${name}; there are ${ADD_ONS.map((one) => one.name).join(', ')}`);
    return found;
  });
  const machines = Object.assign({}, ...addOns.map((one) => one.machines ?? {}));
  return { ...plan, ...machines, objects: [...plan.objects, ...addOns.flatMap((one) => one.objects())] };
}
