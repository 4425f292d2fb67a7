export { isKind, manifestProblems, worldFacts } from '../sim/index.js';
