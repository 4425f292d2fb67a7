import { compareText } from '../../api/go-text.js';
import { printJson } from '../../api/yaml/json-writer.js';
import { printYaml } from '../../api/yaml/print.js';
import type { Command } from '../cobra/command.js';
import { CommandError, UsageError } from '../errors.js';
import { alignTabs, TABLE_LAYOUT } from '../output/tabwriter.js';
import type { Group, Mapping } from '../resource/discovery.js';
import { apiVersionOf } from '../resource/mapper.js';

/** `kubectl api-resources`. */
export const apiResources: Command = {
  name: 'api-resources',
  short: 'Print the supported API resources on the server',
  run: function* (session, flags, args) {
    const output = flags.text('output');
    const sortBy = flags.text('sort-by');
    if (args.length > 0) throw new UsageError('api-resources', `unexpected arguments: [${args.join(' ')}]`);
    if (!['', 'wide', 'name', 'json', 'yaml'].includes(output)) {
      throw new CommandError(
        `unable to match a printer suitable for the output format ${JSON.stringify(output)}, allowed formats are: json,kyaml,name,wide,yaml`,
      );
    }
    if (sortBy !== '' && sortBy !== 'name' && sortBy !== 'kind')
      throw new CommandError('--sort-by accepts only name or kind');
    const all = yield* session.discovery().resources();
    const groups = yield* session.discovery().groups();
    const has = (list: readonly string[], wanted: readonly string[]): boolean =>
      wanted.every((each) => list.includes(each));
    const chosen = all.filter(
      (each) =>
        each.verbs.length > 0 &&
        isPreferred(each, all, groups) &&
        (!flags.has('api-group') || flags.text('api-group') === each.group) &&
        (!flags.has('namespaced') || flags.bool('namespaced') === each.namespaced) &&
        has(each.verbs, flags.list('verbs')) &&
        has(each.categories, flags.list('categories')),
    );
    const key = (each: Mapping): string =>
      sortBy === 'name' ? each.resource : sortBy === 'kind' ? each.kind : each.group;
    const sorted = [...chosen].sort((a, b) => compareText(key(a), key(b)) || compareText(a.resource, b.resource));
    if (output === 'name')
      yield* session.out(
        sorted.map(({ resource, group }) => `${resource}${group === '' ? '' : `.${group}`}\n`).join(''),
      );
    else if (output === 'json') yield* session.out(printJson(listOf(sorted), { keepOrder: true }));
    else if (output === 'yaml') yield* session.out(printYaml(listOf(sorted)));
    else yield* session.out(tableOf(sorted, output === 'wide', flags.bool('no-headers')));
  },
};

/** Whether no version that its group prefers to this one has the resource too (client-go's ServerPreferredResources). */
function isPreferred(one: Mapping, all: readonly Mapping[], groups: readonly Group[]): boolean {
  const versions = groups.find(({ name }) => name === one.group)?.versions ?? [];
  const rank = versions.indexOf(one.version);
  return (
    rank === 0 ||
    (rank > 0 &&
      !all.some(
        ({ group, resource, version }) =>
          group === one.group && resource === one.resource && versions.indexOf(version) < rank,
      ))
  );
}

function listOf(mappings: readonly Mapping[]): object {
  const resources = mappings.map(
    ({ resource, singular, group, version, kind, namespaced, verbs, shortNames, categories }) => ({
      name: resource,
      singularName: singular,
      namespaced,
      ...(group === '' ? {} : { group }),
      version,
      kind,
      verbs,
      ...(shortNames.length > 0 ? { shortNames } : {}),
      ...(categories.length > 0 ? { categories } : {}),
    }),
  );
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '', resources };
}

function tableOf(mappings: readonly Mapping[], wide: boolean, noHeaders: boolean): string {
  const head = noHeaders ? '' : `NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${wide ? '\tVERBS\tCATEGORIES' : ''}\n`;
  const rows = mappings.map((each) => {
    const more = wide ? `\t${each.verbs.join(',')}\t${each.categories.join(',')}` : '';
    return `${each.resource}\t${each.shortNames.join(',')}\t${apiVersionOf(each)}\t${each.namespaced}\t${each.kind}${more}\n`;
  });
  return alignTabs(head + rows.join(''), TABLE_LAYOUT);
}
