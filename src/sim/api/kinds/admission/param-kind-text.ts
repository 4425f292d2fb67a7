import type { ParamKind } from '../../types/admission.js';

/** What a policy's kind of parameters is shown as. */
export function paramKindText(paramKind: ParamKind | undefined): string {
  return paramKind ? `${paramKind.apiVersion ?? ''}/${paramKind.kind ?? ''}` : '<unset>';
}
