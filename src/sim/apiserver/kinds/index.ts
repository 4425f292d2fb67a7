import { KINDS as STORED } from '../../api/kinds.js';
import type { ServedKind } from '../served-kind.js';
import { UNSTORED_KINDS } from '../unstored/index.js';

/** The kinds this server serves from its start. */
export const KINDS: readonly ServedKind[] = [...STORED, ...UNSTORED_KINDS];
