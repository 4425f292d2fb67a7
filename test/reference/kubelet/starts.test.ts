import { compared } from './checked.js';
import { STARTS } from './scenarios/starts.js';

compared('what keeps containers from starting', STARTS);
