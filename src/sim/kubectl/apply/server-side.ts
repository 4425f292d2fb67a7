import { isJsonObject, type KubeObject } from '../../api/object.js';
import { isConflict, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError } from '../errors.js';
import type { Info } from '../resource/info.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';
import { LAST_APPLIED, lastAppliedText } from './last-applied.js';
import { ownersOf, upgradedEntries } from './upgrade-managers.js';

/** The type of a body that is applied by the server. */
export const APPLY_PATCH = 'application/apply-patch+yaml';

/** Who applies when nobody is named. */
const KUBECTL = 'kubectl';
/** Who holds the annotation of client-side apply, so that it does not go with the fields of the others. */
const ANNOTATION_MANAGER = 'kubectl-last-applied';
const RETRIES = 5;

/** Who manages what is applied: the flag, or what stands for the way of applying. */
export function applyManager(flags: Flags, serverSide: boolean): string {
  if (flags.has('field-manager')) return flags.text('field-manager');
  return serverSide ? KUBECTL : 'kubectl-client-side-apply';
}

/**
 * `kubectl apply --server-side` of one object. What client-side apply managed before becomes managed by apply; the info
 * then holds the object as it is. Throws CommandError with advice when there are conflicts.
 */
export function* applyOnServer(session: Session, flags: Flags, info: Info): Waiting<void> {
  const application = applicationOf(session, flags, info);
  info.object = yield* send(application);
  if (yield* migrated(application, info)) yield* applyAgain(application, info);
}

interface Application {
  readonly session: Session;
  readonly info: Info;
  readonly manager: string;
  /** The configuration, as it is sent each time. */
  readonly config: unknown;
  readonly query: Query;
  readonly subresource: string | undefined;
}

function applicationOf(session: Session, flags: Flags, info: Info): Application {
  const manager = applyManager(flags, true);
  const query = { ...writeQuery(session, true), fieldManager: manager, force: String(flags.bool('force-conflicts')) };
  const subresource = flags.text('subresource') || undefined;
  return { session, info, manager, config: info.object, query, subresource };
}

function* send({ session, info, config, query, subresource }: Application): Waiting<KubeObject> {
  try {
    return yield* session
      .rest()
      .patch(info.mapping, info.name, info.namespace, APPLY_PATCH, config, query, subresource);
  } catch (error) {
    if (error instanceof StatusError && error.status.code === 415) {
      throw new CommandError(`Server-side apply not available on the server: (${error.message})`);
    }
    if (isConflict(error)) throw new CommandError(`${error.message}\n${CONFLICT_HELP}`);
    throw error;
  }
}

/** Whether entries of client-side apply were turned into some of apply. What fails is told, and tried again next time. */
function* migrated(application: Application, info: Info): Waiting<boolean> {
  const { session } = application;
  try {
    yield* saveAnnotation(application, info);
  } catch (error) {
    yield* session.warn(failed(`failed to migrate ${LAST_APPLIED} for Server-Side Apply`, error));
    return false;
  }
  try {
    return yield* migrate(application, info);
  } catch (error) {
    yield* session.warn(failed('server rejected managed fields migration to Server-Side Apply', error));
    return false;
  }
}

/** Sends the configuration again: fields that nobody names any more can go only now. */
function* applyAgain(application: Application, info: Info): Waiting<void> {
  try {
    info.object = yield* send(application);
  } catch (error) {
    const what = 'failed to re-apply configuration after performing Server-Side Apply migration';
    yield* application.session.warn(failed(what, error));
  }
}

function failed(what: string, error: unknown): string {
  return `${what}. This is non-fatal and will be retried next time you apply. Error: ${(error as Error).message}`;
}

/** Gives the annotation of client-side apply a manager of its own, unless it has one that applies. */
function* saveAnnotation({ session, manager, query }: Application, info: Info): Waiting<void> {
  const object = info.object as KubeObject;
  const text = lastAppliedText(object);
  if (manager !== KUBECTL || text === undefined || ownersOf(object, 'Apply').length > 0) return;
  const { name, namespace } = object.metadata;
  const metadata = { name, ...(namespace ? { namespace } : {}), annotations: { [LAST_APPLIED]: text } };
  const { apiVersion, kind } = object;
  const { force: _, ...plain } = query;
  info.object = yield* session
    .rest()
    .patch(
      info.mapping,
      info.name,
      info.namespace,
      APPLY_PATCH,
      { apiVersion, kind, metadata },
      { ...plain, fieldManager: ANNOTATION_MANAGER },
    );
}

/** Turns the entries of whoever applied on the client's side into the applying manager's. */
function* migrate({ session, manager, query }: Application, info: Info): Waiting<boolean> {
  const managers = new Set(ownersOf(info.object as KubeObject, 'Update').map((entry) => entry.manager ?? ''));
  const { force: _, ...plain } = query;
  for (let attempt = 1; ; attempt += 1) {
    const object = info.object as KubeObject;
    const entries = upgradedEntries(object.metadata.managedFields ?? [], managers, manager);
    if (!entries) return false;
    const patch = [
      { op: 'replace', path: '/metadata/managedFields', value: entries },
      { op: 'replace', path: '/metadata/resourceVersion', value: object.metadata.resourceVersion },
    ];
    try {
      const type = 'application/json-patch+json';
      info.object = yield* session.rest().patch(info.mapping, info.name, info.namespace, type, patch, plain);
      return true;
    } catch (error) {
      if (!isConflict(error) || attempt === RETRIES) throw error;
    }
    const found = yield* session.rest().get(info.mapping, info.name, info.namespace);
    if (isJsonObject(found)) info.object = found as unknown as KubeObject;
  }
}

const CONFLICT_HELP = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`;
