import { compared } from './checked.js';
import { INITS } from './scenarios/inits.js';

compared('init containers and sidecars', INITS);
