import type { JsonObject, KubeObject } from '../../api/object.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { hashedName } from '../generate/hash.js';
import type { Session } from '../session.js';

interface Generator {
  readonly name: string;
  readonly namespace?: string;
  readonly type?: string;
  readonly literals?: readonly string[];
  readonly files?: readonly string[];
  readonly envs?: readonly string[];
  readonly options?: { readonly disableNameSuffixHash?: boolean };
}

/** The config maps and secrets a kustomization makes, their names ending in a hash of what they hold. */
export function generated(session: Session, directory: string, file: JsonObject): KubeObject[] {
  const make = (kind: 'ConfigMap' | 'Secret') => (generator: Generator) =>
    objectOf(session, directory, kind, generator, file);
  return [
    ...((file['configMapGenerator'] ?? []) as Generator[]).map(make('ConfigMap')),
    ...((file['secretGenerator'] ?? []) as Generator[]).map(make('Secret')),
  ];
}

function objectOf(
  session: Session,
  directory: string,
  kind: 'ConfigMap' | 'Secret',
  generator: Generator,
  file: JsonObject,
): KubeObject {
  const pairs = pairsOf(session, directory, generator);
  const encode = (value: string): string =>
    kind === 'Secret' ? Buffer.from(encodeText(value)).toString('base64') : value;
  const data = Object.fromEntries(pairs.map(([key, value]) => [key, encode(value)]));
  const type = kind === 'Secret' ? (generator.type ?? 'Opaque') : undefined;
  const options = { ...(file['generatorOptions'] as object | undefined), ...generator.options } as {
    disableNameSuffixHash?: boolean;
  };
  const hash = options.disableNameSuffixHash ? '' : hashedName(kind, '', { data }, type);
  return {
    apiVersion: 'v1',
    data,
    kind,
    metadata: {
      name: `${generator.name}${hash}`,
      ...(generator.namespace ? { namespace: generator.namespace } : {}),
    },
    ...(type ? { type } : {}),
  };
}

function pairsOf({ sys }: Session, directory: string, generator: Generator): [string, string][] {
  const read = (path: string): string => decodeText(sys.readFile(`${directory}/${path}`));
  const split = (text: string): [string, string] => {
    const at = text.indexOf('=');
    return [text.slice(0, at), text.slice(at + 1)];
  };
  const literals = (generator.literals ?? []).map((text): [string, string] => {
    const [key, value] = split(text);
    return [key, value.replace(/^(['"])(.*)\1$/s, '$2')];
  });
  const files = (generator.files ?? []).map((text): [string, string] => {
    const [key, path] = text.includes('=') ? split(text) : [text.slice(text.lastIndexOf('/') + 1), text];
    return [key, read(path)];
  });
  const envs = (generator.envs ?? []).flatMap((path) =>
    read(path)
      .split('\n')
      .filter((line) => line.includes('=') && !line.startsWith('#'))
      .map(split),
  );
  return [...literals, ...files, ...envs];
}
