import { goQuote } from '../../api/go-text.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { CommandError, ExitError } from '../errors.js';
import { schemasIn } from '../explain/document.js';
import { explainPath } from '../explain/render.js';
import type { Mapping } from '../resource/discovery.js';
import { findMapping, groupResourceOf, splitApiVersion, warnOfOthers } from '../resource/mapper.js';
import type { Session } from '../session.js';

/** `kubectl explain`. */
export const explain: Command = {
  name: 'explain',
  short: 'Get documentation for a resource',
  run: runExplain,
};

function* runExplain(session: Session, flags: Flags, args: readonly string[]): Waiting<void> {
  if (args.length === 0) {
    throw new CommandError(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
    );
  }
  if (args.length > 1) throw new CommandError('We accept only this format: explain RESOURCE\n');
  const format = flags.text('output');
  if (!format.startsWith('plaintext')) throw new CommandError(`unrecognized format: ${format}`);
  if (/\[|^\./.test(args[0] as string))
    throw new CommandError('invalid jsonpath syntax, first node must be field node');
  const wanted = flags.text('api-version');
  const { mapping, path } = yield* resourceAndPath(session, (args[0] as string).replace(/\.$/, ''), wanted !== '');
  const { group, version } = wanted === '' ? mapping : splitApiVersion(wanted);
  const place = group === '' ? `api/${version}` : `apis/${group}/${version}`;
  const shown = `${group}/${version}, Resource=${mapping.resource}`;
  const index = yield* document(session, '/openapi/v3');
  const paths = (index as { paths?: Record<string, { serverRelativeURL: string }> }).paths ?? {};
  const url = paths[place]?.serverRelativeURL;
  if (url === undefined) throw new CommandError(`couldn't find resource for "${shown}"`);
  const schemas = schemasIn(yield* document(session, url));
  const root = Object.values(schemas).find((each) =>
    each['x-kubernetes-group-version-kind']?.some(
      (gvk) => gvk.group === group && gvk.version === version && gvk.kind === mapping.kind,
    ),
  );
  if (!root) throw new CommandError(`error: GVR (${shown}) not found in OpenAPI schema`);
  const head = `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${mapping.kind}\nVERSION:    ${version}\n\n`;
  // The head is out before the fields are looked at.
  yield* session.out(head);
  const text = explainPath(root, path, schemas, flags.bool('recursive'));
  if (text === undefined) throw new CommandError(`error: field ${goQuote(path.at(-1) ?? '')} does not exist`);
  yield* session.out(`${text}\n`);
}

function* document(session: Session, path: string): Waiting<unknown> {
  const response = yield* session.rest().response({ method: 'GET', path, accept: 'application/json' });
  return JSON.parse(decodeText(response.body ?? new Uint8Array()));
}

/** `deployments.apps.spec`: the longest beginning that names a resource, then the fields. Who names a version cannot name a group here. */
function* resourceAndPath(
  session: Session,
  text: string,
  versioned: boolean,
): Waiting<{ mapping: Mapping; path: readonly string[] }> {
  const mappings = yield* session.discovery().resources();
  const groups = yield* session.discovery().groups();
  const parts = text.split('.');
  const first = parts[0] ?? '';
  const best = findMapping(mappings, groups, first);
  if (!best) throw new ExitError(1, `the server doesn't have a resource type ${goQuote(first)}`);
  yield* warnOfOthers(session, mappings, best, first);
  if (versioned) return { mapping: best, path: parts.slice(1) };
  const same = mappings.filter((each) => each !== best && each.resource === best.resource);
  // The core's events are found before those of events.k8s.io, however the rest reads.
  const mapping = [best, ...same].find((each) => text.startsWith(groupResourceOf(each)));
  if (!mapping) return { mapping: best, path: parts.slice(1) };
  return { mapping, path: text.slice(groupResourceOf(mapping).length).split('.').slice(1) };
}
