import { compared } from './checked.js';
import { NODE_SCENARIOS } from './scenarios/node.js';

compared('what the node itself does with pods', NODE_SCENARIOS);
