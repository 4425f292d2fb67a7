import { goQuote } from '../../api/go-text.js';
import { deepEqual, isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { applyJsonPatch } from '../../api/patch/json-patch.js';
import { mergePatch } from '../../api/patch/merge-patch.js';
import { strategicPatch } from '../../api/patch/strategic-patch.js';
import { hasReason } from '../../api/status.js';
import { readJson } from '../../api/yaml/json-reader.js';
import { readYaml } from '../../api/yaml/read.js';
import { objectPath } from '../../client/paths.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeResources } from '../completion/resources.js';
import { CommandError, plainText } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { fileOptions } from '../resource/files.js';
import type { Info } from '../resource/info.js';
import { apiVersionOf } from '../resource/mapper.js';
import { select } from '../resource/selection.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
};

/** `kubectl patch`. */
export const patch: Command = {
  name: 'patch',
  short: 'Update fields of a resource',
  complete: completeResources,
  run: runPatch,
};

function* runPatch(session: Session, flags: Session['flags'], args: readonly string[]): Waiting<void> {
  const dryRun = dryRunOf(session);
  const local = flags.bool('local');
  validate(session, args);
  const body = readPatch(session);
  const type = flags.text('type').toLowerCase();
  // A dry run on the server prints as if it were none.
  const printer = new WritePrinter(session, dryRun === 'server' ? 'none' : dryRun);
  const selection = yield* select(session, {
    args,
    files: fileOptions(session),
    continueOnError: true,
    subresource: flags.text('subresource'),
    ...(local ? { local } : {}),
  });
  let count = 0;
  yield* selection.visit(function* (info) {
    count += 1;
    const original = info.object as KubeObject;
    let result: KubeObject;
    if (local || dryRun === 'client') result = applyLocally(type, original, body);
    else result = yield* send(session, info, TYPES[type] as string, body);
    yield* printer.print(result, deepEqual(original, result) ? 'patched (no change)' : 'patched');
  });
  if (count === 0) throw new CommandError('no objects passed to patch');
}

function* send(session: Session, info: Info, contentType: string, body: unknown): Waiting<KubeObject> {
  const subresource = session.flags.text('subresource') || undefined;
  try {
    return yield* session.rest().send({
      method: 'PATCH',
      path: objectPath(info.mapping, info.name, info.namespace, subresource),
      query: writeQuery(session),
      contentType,
      ...(body instanceof RawPatch ? { text: body.text } : { object: body }),
    });
  } catch (error) {
    if (!hasReason(error, 'UnsupportedMediaType')) throw error;
    throw new CommandError(
      `${contentType} is not supported by ${apiVersionOf(info.mapping)}, Kind=${info.mapping.kind}: ${error.message}`,
    );
  }
}

function validate(session: Session, args: readonly string[]): void {
  const { flags } = session;
  const given = [flags.text('patch'), flags.text('patch-file')].filter((text) => text !== '').length;
  if (given === 2) throw new CommandError('cannot specify --patch and --patch-file together');
  if (given === 0) throw new CommandError('must specify --patch or --patch-file containing the contents of the patch');
  if (flags.bool('local') && args.length > 0) throw new CommandError('cannot specify --local and server resources');
  if (flags.bool('local') && dryRunOf(session) === 'server') {
    throw new CommandError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  }
  const type = flags.text('type');
  if (type !== '' && !TYPES[type.toLowerCase()])
    throw new CommandError(`--type must be one of [json merge strategic], not ${goQuote(type)}`);
}

/** A patch that is no JSON; the server says so. */
class RawPatch {
  constructor(
    readonly text: string,
    readonly fault: string,
  ) {}
}

function readPatch(session: Session): unknown {
  const { flags, sys } = session;
  const path = flags.text('patch-file');
  let text = flags.text('patch');
  if (path !== '') {
    try {
      text = decodeText(sys.readFile(path));
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new CommandError(`unable to read patch file: open ${path}: ${error.message.toLowerCase()}`);
    }
  }
  // What begins with a brace is taken for JSON and left to the server to read.
  if (/^\s*\{/.test(text)) {
    try {
      return readJson(text);
    } catch (error) {
      return new RawPatch(text, plainText(error));
    }
  }
  try {
    return readYaml(text);
  } catch (error) {
    throw new CommandError(`unable to parse ${goQuote(flags.text('patch'))}: ${plainText(error)}`);
  }
}

function applyJsonLocally(object: KubeObject, body: unknown): KubeObject {
  try {
    return applyJsonPatch(object, body) as KubeObject;
  } catch (error) {
    const [, missing] = /doc is missing key: (.*)$/.exec(plainText(error)) ?? [];
    throw missing === undefined ? error : new CommandError(`Object to be patched is missing field (${missing})`);
  }
}

function applyLocally(type: string, object: KubeObject, body: unknown): KubeObject {
  if (body instanceof RawPatch) throw new CommandError(body.fault);
  if (type === 'json') return applyJsonLocally(object, body);
  if (type === 'merge') return mergePatch(object, body) as KubeObject;
  return strategicPatch(object, (isJsonObject(body) ? body : {}) as JsonObject) as KubeObject;
}
