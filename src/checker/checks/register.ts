import type { Subject } from '../rubric.js';
import type { CheckKind } from '../subject.js';
import { admission } from './admission.js';
import { answer } from './answer.js';
import { can } from './can.js';
import { cert } from './cert.js';
import { connect } from './connect.js';
import { etcd } from './etcd.js';
import { file } from './file.js';
import { flag } from './flag.js';
import { gone } from './gone.js';
import { all, any } from './group.js';
import { helm } from './helm.js';
import { http } from './http.js';
import { image } from './image.js';
import { log } from './log.js';
import { port } from './port.js';
import { process } from './process.js';
import { requests } from './requests.js';
import { resolve } from './resolve.js';
import { resource } from './resource.js';
import { script } from './script.js';
import { unchanged } from './unchanged.js';
import { unit } from './unit.js';

/**
 * Every kind of check. A subject belongs to the first whose field it has: `answer` before `resource`, because an answer
 * may be compared with one.
 */
export const KINDS = [
  admission,
  all,
  answer,
  any,
  can,
  cert,
  connect,
  etcd,
  file,
  flag,
  gone,
  helm,
  http,
  image,
  log,
  port,
  process,
  requests,
  resolve,
  resource,
  script,
  unchanged,
  unit,
] as unknown as readonly CheckKind<Subject>[];

/** A subject and all that it is made of, each with the path at which it stands. */
export function subjectsIn(
  subject: Subject,
  path = '',
): readonly { readonly path: string; readonly subject: Subject }[] {
  const parts = kindOf(subject).parts?.(subject) ?? [];
  return [
    { path, subject },
    ...parts.flatMap((part) => subjectsIn(part.subject, path === '' ? part.path : `${path}/${part.path}`)),
  ];
}

/** The kind of a subject. */
export function kindOf(subject: Subject): CheckKind<Subject> {
  const kind = KINDS.find(({ field }) => field in subject);
  if (!kind) throw new Error(`no kind of check knows ${Object.keys(subject).join(', ')}`);
  return kind;
}
