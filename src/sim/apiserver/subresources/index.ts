import type { Verb } from '../verbs/verb.js';
import { statusSubresource } from './status.js';

/** The subresources this server knows to serve, alphabetically. */
export const SUBRESOURCES: Readonly<Record<string, Verb>> = {
  status: statusSubresource,
};
