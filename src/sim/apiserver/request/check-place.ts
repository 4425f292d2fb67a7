import { goQuote } from '../../api/go-text.js';
import { badRequest, methodNotAllowed, notFoundPath, StatusError, unnamedError } from '../../api/status.js';
import type { ServedKind } from '../served-kind.js';
import type { RequestInfo } from './request-info.js';

/** Refuses methods that a path does not know, and names that would lead elsewhere. Throws 400, 404, 405, 500. */
export function checkPlace(kind: ServedKind, info: RequestInfo): void {
  const [, given = ''] = info.parts;
  const isAll = kind.namespaced && info.namespace === '';
  if (isAll && given !== '') throw new StatusError(notFoundPath());
  if (isAll && info.verb !== 'list' && info.verb !== 'watch') throw new StatusError(methodNotAllowed());
  if (given === '' && (info.verb === 'patch' || info.verb === 'update')) throw new StatusError(methodNotAllowed());
  if (info.verb === 'deletecollection' && !kind.verbs.includes('deletecollection')) {
    throw new StatusError(methodNotAllowed());
  }
  if (isClimbing(info.namespace)) {
    throw new StatusError(unnamedError(`invalid key: "/${kind.storagePrefix}/${info.namespace}"`));
  }
  checkNames(info);
}

/** No name is a step in a path (path.IsValidPathSegmentName). Throws 400. */
export function checkNames({ parts }: RequestInfo): void {
  const [, name = ''] = parts;
  const why = isClimbing(name) ? `may not be '${name}'` : name.includes('%') ? "may not contain '%'" : undefined;
  if (why !== undefined) throw new StatusError(badRequest(`Name parameter invalid: ${goQuote(name)}: ${why}`));
}

const isClimbing = (name: string): boolean => name === '.' || name === '..';
