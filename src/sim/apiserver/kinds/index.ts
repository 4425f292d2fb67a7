import { KINDS as STORED } from '../../api/kinds.js';
import { REVIEW_KINDS } from '../reviews/index.js';
import type { ServedKind } from '../served-kind.js';

/** The kinds this server serves from its start. */
export const KINDS: readonly ServedKind[] = [...STORED, ...REVIEW_KINDS];
