import { checkFieldLabels, matchesFields, parseFieldSelector } from '../../api/field-selectors.js';
import { matchesSelector, parseSelector, SelectorError } from '../../api/labels.js';
import type { KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import type { ServedKind } from '../served-kind.js';

/** Which objects a list, watch or collection delete is about. */
export interface Selection {
  /** False when everything is selected. */
  readonly narrow: boolean;
  matches(object: KubeObject): boolean;
}

/** Reads labelSelector and fieldSelector; `name` is what the path or an exact field selector names. Throws 400. */
export function readSelection(kind: ServedKind, query: URLSearchParams): Selection {
  try {
    const labels = parseSelector(query.get('labelSelector') ?? '');
    const fields = parseFieldSelector(query.get('fieldSelector') ?? '');
    checkFieldLabels(fields, kind.fieldLabels, (field) => kind.fieldLabelError(field));
    if (labels.length === 0 && fields.length === 0) return { narrow: false, matches: () => true };
    return {
      narrow: true,
      matches: (object) =>
        matchesSelector(labels, object.metadata.labels) &&
        (fields.length === 0 || matchesFields(fields, kind.selectableFields(object))),
    };
  } catch (error) {
    if (error instanceof SelectorError) throw new StatusError(badRequest(error.message));
    throw error;
  }
}
