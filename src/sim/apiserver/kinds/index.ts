import { defineKind } from '../../api/kinds/kind.js';
import { KINDS as STORED } from '../../api/kinds.js';
import { REVIEW_KINDS } from '../reviews/index.js';
import type { ServedKind } from '../served-kind.js';

/** scheduling.k8s.io/v1 PriorityClass, without rules of its own: the server's own classes must be there for pods. */
const PRIORITY_CLASS = defineKind({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  namespaced: false,
  shortNames: ['pc'],
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
});

/** The kinds this server serves from its start. */
export const KINDS: readonly ServedKind[] = [
  ...STORED,
  ...(STORED.some((kind) => kind.kind === 'PriorityClass') ? [] : [PRIORITY_CLASS]),
  ...REVIEW_KINDS,
];
