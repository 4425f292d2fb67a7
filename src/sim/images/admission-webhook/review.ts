import type { JsonObject } from '../../api/object.js';
import type { Rule } from './rules.js';

/** What is answered to a review, and after how long. */
export interface ReviewAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly delayMillis: number;
  /** What the log says of it. */
  readonly line: string;
}

/** A request as rules look at it. */
export interface ReviewRequest {
  uid?: string;
  kind?: { kind?: string };
  operation?: string;
  namespace?: string;
  name?: string;
  userInfo?: { username?: string };
  object?: JsonObject | null;
  oldObject?: JsonObject | null;
}

/** What following the rules has come to so far. */
export interface Draft {
  allowed: boolean;
  status?: JsonObject;
  warnings: string[];
  auditAnnotations: Record<string, string>;
  /** Operations of a JSON patch. */
  patch: JsonObject[];
  delayMillis: number;
  /** Names of the rules that were followed. */
  followed: string[];
  /** The rule behind which no other was looked at. */
  last: Rule | undefined;
}
