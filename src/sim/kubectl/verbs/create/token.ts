import type { KubeObject } from '../../../api/object.js';
import { StatusError } from '../../../api/status.js';
import { objectPath } from '../../../client/paths.js';
import { SECOND } from '../../../kernel/time.js';
import type { Command } from '../../cobra/command.js';
import { CommandError, UsageError } from '../../errors.js';
import { outputPrinter } from '../../print-flags.js';
import { mappingFor } from '../../resource/mapper.js';

const BOUND_KINDS: Readonly<Record<string, string>> = { Node: 'v1', Pod: 'v1', Secret: 'v1' };

/** `kubectl create token`. */
export const token: Command = {
  name: 'token',
  short: 'Request a service account token',
  run: function* (session, flags, args) {
    if (args.length !== 1) throw new UsageError('create token', `exactly one NAME is required, got ${args.length}`);
    const kind = flags.text('bound-object-kind');
    const boundName = flags.text('bound-object-name');
    const audiences = flags.list('audience');
    const uid = flags.text('bound-object-uid');
    const seconds = flags.duration('duration') / SECOND;
    const printer = outputPrinter(session);
    if (seconds < 0) throw new CommandError('--duration must be greater than or equal to 0');
    if (!Number.isInteger(seconds)) throw new CommandError('--duration cannot be expressed in units less than seconds');
    if (audiences.includes('')) throw new CommandError('--audience must not be an empty string');
    for (const flag of ['bound-object-name', 'bound-object-uid'])
      if (kind === '' && flags.text(flag) !== '')
        throw new CommandError(`--${flag} can only be set if --bound-object-kind is provided`);
    if (kind !== '' && !BOUND_KINDS[kind])
      throw new CommandError(`supported --bound-object-kind values are ${Object.keys(BOUND_KINDS).join(', ')}`);
    if (kind !== '' && boundName === '')
      throw new CommandError('--bound-object-name is required if --bound-object-kind is provided');
    const object: KubeObject = {
      kind: 'TokenRequest',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: {},
      spec: {
        audiences: audiences.length > 0 ? [...audiences] : null,
        ...(seconds > 0 ? { expirationSeconds: seconds } : {}),
        ...(kind === ''
          ? {}
          : {
              boundObjectRef: { kind, apiVersion: BOUND_KINDS[kind], name: boundName, ...(uid === '' ? {} : { uid }) },
            }),
      },
    };
    const mapping = yield* mappingFor(session, 'serviceaccounts');
    const path = objectPath(mapping, args[0] as string, session.namespace().name, 'token');
    try {
      const answer = yield* session.rest().send<KubeObject>({ method: 'POST', path, object });
      const text = (answer['status'] as { token?: string } | undefined)?.token ?? '';
      yield* session.out(printer ? printer.print(answer) : `${text}\n`);
    } catch (error) {
      throw error instanceof StatusError ? new CommandError(`failed to create token: ${error.message}`) : error;
    }
  },
};
