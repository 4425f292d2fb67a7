/** What `doctor` found of one thing. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  readonly remedy?: string;
  /** What is told of it in any case. */
  readonly also?: readonly string[];
  /** Not there, and that is all right. */
  readonly missing?: boolean;
}
