import { isErrno } from '../../kernel/errno.js';
import type { Command } from '../cobra/command.js';
import { CommandError } from '../errors.js';
import type { Resource } from '../kustomize/resource/resource.js';
import { effectiveNamespace, isOutside } from '../kustomize/resource/resource-id.js';
import type { ResourceMap } from '../kustomize/resource/resource-map.js';
import { runKustomize } from '../kustomize/run.js';
import type { Session } from '../session.js';

const RESTRICTORS = ['LoadRestrictionsRootOnly', 'LoadRestrictionsNone'];

/** `kubectl kustomize`: what `-k` would apply, as text. */
export const kustomize: Command = {
  name: 'kustomize',
  short: 'Build a kustomization target from a directory or URL',
  run: function* (session, flags, args) {
    if (args.length > 1) throw new CommandError('specify one path to kustomization.yaml');
    const restrictor = flags.text('load-restrictor');
    if (!RESTRICTORS.includes(restrictor)) {
      throw new CommandError(
        `illegal flag value --load-restrictor ${restrictor}; legal values: [${RESTRICTORS.join(' ')}]`,
      );
    }
    const resources = yield* runKustomize(session, args[0] ?? '.', restrictor === 'LoadRestrictionsNone');
    const output = flags.text('output');
    if (output === '') yield* session.out(resources.toYaml());
    else writeOutput(session, output, resources);
  },
};

/** Into one file, or into a directory as one file for each object. */
function writeOutput({ sys }: Session, path: string, resources: ResourceMap): void {
  const files = isDirectory(sys, path)
    ? filesOf(resources).map(([name, text]) => [`${path}/${name}`, text] as const)
    : [[path, resources.toYaml()] as const];
  for (const [file, text] of files) {
    try {
      sys.writeFile(file, text);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new CommandError(`open ${file}: ${error.message.toLowerCase()}`);
    }
  }
}

/** Objects by file name, the namespace in front when there are several. */
function filesOf({ list }: ResourceMap): [string, string][] {
  const namespaceOf = (resource: Resource): string | undefined =>
    isOutside(resource.gvk) ? undefined : effectiveNamespace(resource.id);
  const namespaces = new Set(list.map(namespaceOf).filter((namespace) => namespace !== undefined));
  return list.map((resource) => {
    const { group, version, kind } = resource.gvk;
    const parts = [group, version, kind, resource.name].filter((part) => part !== '');
    const namespace = namespaces.size > 1 ? namespaceOf(resource) : undefined;
    return [
      `${[...(namespace === undefined ? [] : [namespace]), ...parts].join('_').toLowerCase()}.yaml`,
      resource.toYaml(),
    ];
  });
}

function isDirectory(sys: Session['sys'], path: string): boolean {
  try {
    return sys.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}
