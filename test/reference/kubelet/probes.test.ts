import { compared } from './checked.js';
import { PROBES } from './scenarios/probes.js';

compared('probes and hooks', PROBES);
