export { isKind, manifestProblems, type WorldFacts, worldFacts } from '../sim/index.js';
