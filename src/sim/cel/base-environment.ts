/** What a Kubernetes v1.36 server compiles every expression with. */
import { Environment } from './environment.js';
import { LIBRARIES } from './library/register.js';

let base: Environment | undefined;

/** The environment that others extend with variables; stored and new expressions have the same since v1.36. */
export function baseEnvironment(): Environment {
  base ??= new Environment(undefined, { libraries: LIBRARIES });
  return base;
}
