import { goQuote } from '../api/go-text.js';
import type { KubeObject } from '../api/object.js';
import { isConflict, isNotFound } from '../api/status.js';
import { formatTime } from '../api/time.js';
import { objectPath } from '../client/paths.js';
import type { Waiting } from '../kernel/wait.js';
import type { Command } from './cobra/command.js';
import { CommandError } from './errors.js';
import { WritePrinter } from './print-flags.js';
import { fileOptions, noFiles } from './resource/files.js';
import { select } from './resource/selection.js';
import type { Session } from './session.js';

const TRIES_MAX = 11;
const REQUESTS = {
  group: 'certificates.k8s.io',
  version: 'v1',
  resource: 'certificatesigningrequests',
  kind: 'CertificateSigningRequest',
  namespaced: false,
};

interface Decision {
  readonly condition: string;
  readonly opposite: string;
  readonly word: string;
}

interface Request extends KubeObject {
  status?: { conditions?: readonly { type: string }[] };
}

/** A `kubectl certificate VERB`: writes a condition through the requests' approval. */
export function decisionCommand(name: 'approve' | 'deny', decision: Decision): Command {
  const verb = name === 'approve' ? 'Approve' : 'Deny';
  return {
    name,
    short: `${verb} a certificate signing request`,
    run: function* (session, _flags, args) {
      const printer = new WritePrinter(session);
      const files = fileOptions(session);
      if (args.length === 0 && noFiles(files))
        throw new CommandError('one or more CSRs must be specified as <name> or -f <filename>');
      const named = args.length > 0 ? [REQUESTS.resource, ...args] : [];
      const selection = yield* select(session, { args: named, files, continueOnError: true, latest: true });
      let found = 0;
      yield* selection.visit(function* (info) {
        const { kind, group } = info.mapping;
        if (kind !== REQUESTS.kind || group !== REQUESTS.group)
          throw new CommandError(
            `can only handle ${REQUESTS.kind}.${REQUESTS.group} objects, got ${group === '' ? kind : `${kind}.${group}`}`,
          );
        yield* decide(
          session,
          info.name,
          decision,
          `Kubectl${verb}`,
          `This CSR was ${decision.word} by kubectl certificate ${name}.`,
        );
        found += 1;
        yield* printer.print(info.object as KubeObject, decision.word);
      });
      if (found === 0) yield* session.out('No resources found\n');
    },
  };
}

/** Once more after a conflict, as someone else may have written in between. */
function* decide(session: Session, name: string, decision: Decision, reason: string, message: string): Waiting<void> {
  for (let tries = 1; ; tries += 1) {
    const request = yield* read(session, name);
    const conditions = request.status?.conditions ?? [];
    if (conditions.some(({ type }) => type === decision.opposite))
      throw new CommandError(`certificate signing request ${goQuote(name)} is already ${decision.opposite}`);
    const isThere = conditions.some(({ type }) => type === decision.condition);
    if (isThere && !session.flags.bool('force')) return;
    const added = {
      type: decision.condition,
      status: 'True',
      reason,
      message,
      lastUpdateTime: formatTime(session.now()),
      lastTransitionTime: null,
    };
    const status = { ...request.status, conditions: isThere ? conditions : [...conditions, added] };
    try {
      const path = objectPath(REQUESTS, name, '', 'approval');
      yield* session.rest().send({ method: 'PUT', path, object: { ...request, status } });
      return;
    } catch (error) {
      if (!isConflict(error) || tries >= TRIES_MAX) throw error;
    }
  }
}

function* read(session: Session, name: string): Waiting<Request> {
  try {
    return yield* session.rest().get<Request>(REQUESTS, name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new CommandError(`could not find v1 version of ${name}: ${(error as Error).message}`);
  }
}
