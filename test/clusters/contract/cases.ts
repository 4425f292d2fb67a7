import { CONTAINER_CASES } from './containers.js';
import type { ContractCase } from './contract.js';
import { HOST_CASES, LAST_CASE } from './hosts.js';
import { OBJECT_CASES } from './objects.js';

/** What every cluster must do, in this order: the last one closes it. */
export const CONTRACT: readonly ContractCase[] = [...OBJECT_CASES, ...CONTAINER_CASES, ...HOST_CASES, LAST_CASE];
