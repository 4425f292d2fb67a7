import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';
import { expandCategories } from './mapper.js';
import type { SelectionOptions } from './selection.js';

/** What kubectl says when nothing is named. */
export const MISSING = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** One resource by type and name. */
export interface Tuple {
  readonly type: string;
  readonly name: string;
}

/** What stood on the command line: types alone, a type with names, or types with their names. */
export interface Parsed {
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly tuples: readonly Tuple[];
  readonly selecting: boolean;
}

/** Reads the arguments; `a,b c` means `a/c b/c`. Throws kubectl's words for what does not go together. */
export function* parseArgs(session: Session, options: SelectionOptions, given: readonly string[]): Waiting<Parsed> {
  const { all = false, selector = '', fieldSelector = '' } = options;
  const args = splitMany(given);
  const combined = combinedTuples(args);
  const asked = selector !== '' || fieldSelector !== '' || all;
  if (selector !== '' && all) throw new CommandError(`setting 'all' parameter but found a non empty selector. `);
  if (combined) return { types: [], names: [], tuples: combined, selecting: asked };
  if (args.length === 0) return { types: [], names: [], tuples: [], selecting: asked };
  const first = options.local ? (args[0] as string) : yield* expandCategories(session, args[0] as string);
  const types = first.split(',');
  if (args[0] === '') throw new CommandError(MISSING);
  return {
    types,
    names: args.slice(1),
    tuples: [],
    selecting: asked || (args.length === 1 && options.allowEmptySelector === true),
  };
}

/** `a,b c` means `a/c b/c`. */
function splitMany(args: readonly string[]): readonly string[] {
  if (args.length < 2) return args;
  const types = (args[0] as string).split(',').filter((type) => type !== '');
  return types.length < 2 ? args : types.flatMap((type) => args.slice(1).map((name) => `${type}/${name}`));
}

function combinedTuples(args: readonly string[]): Tuple[] | undefined {
  const withSlash = args.filter((arg) => arg.includes('/')).length;
  if (withSlash === 0) return undefined;
  if (withSlash !== args.length) {
    throw new CommandError(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  }
  return args.map((arg) => {
    const parts = arg.split('/');
    if (parts.length !== 2) throw new CommandError('arguments in resource/name form may not have more than one slash');
    const [type = '', name = ''] = parts;
    if (type === '' || name === '' || type.includes(',')) {
      throw new CommandError('arguments in resource/name form must have a single resource and name');
    }
    return { type, name };
  });
}

/** Throws when resources are named beside files. */
export function refuseWithFiles({ types, names, tuples }: Parsed): void {
  if (types.length > 0)
    throw new CommandError(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  if (names.length > 0) throw new CommandError('name cannot be provided when a path is specified');
  if (tuples.length > 0) throw new CommandError('resource/name arguments cannot be provided when a path is specified');
}
