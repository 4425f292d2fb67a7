import type { Generator } from '../generator.js';
import { configMap } from './config-map.js';
import { helmChart } from './helm-chart.js';
import { secret } from './secret.js';

/** The built-in generators in the order they run. */
export const GENERATORS: readonly Generator[] = [configMap, secret, helmChart];
