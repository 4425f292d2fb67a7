/**
 * Adds an annotation to the audit event of a request, such as `pod-security.kubernetes.io/enforce-policy`: keys are
 * qualified by who says it, the first value of a key stays. Nobody has one when nothing is logged: `annotate?.(…)` then
 * does not even put its arguments together.
 */
export type Annotate = (key: string, value: string) => void;

/** What a request tells the audit log while it is answered. */
export interface AuditTrail {
  readonly annotate: Annotate;
}
