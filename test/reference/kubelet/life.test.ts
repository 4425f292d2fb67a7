import { compared } from './checked.js';
import { LIFE } from './scenarios/life.js';

compared('how pods begin and end', LIFE);
