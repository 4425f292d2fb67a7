import { KINDS as STORED } from '../../api/kinds.js';
import { withRules } from '../extensions/rules/definition-rules.js';
import type { ServedKind } from '../served-kind.js';
import { UNSTORED_KINDS } from '../unstored/index.js';

/** The kinds this server serves from its start. */
export const KINDS: readonly ServedKind[] = [...STORED.map(complete), ...UNSTORED_KINDS];

/** Expressions are known to the server alone: the API's own rules do not compile them. */
function complete(kind: ServedKind): ServedKind {
  return kind.kind === 'CustomResourceDefinition' ? withRules(kind) : kind;
}
