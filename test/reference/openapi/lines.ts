import { drawn, EXPLAINED, LISTINGS, SAMPLE_SEED, SAMPLE_SIZE } from './asked.js';
import { type Documents, type ExplainedKind, fieldsBelow, kindsOf, schemasAt } from './texts.js';

interface Resources {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources: readonly { readonly resource: string; readonly responseKind: { readonly kind: string } }[];
    }[];
  }[];
}

/** A resource that can be explained: `--api-version` names the version that is not preferred. */
interface Explained {
  readonly word: string;
  readonly kind: ExplainedKind;
}

/** Every line of kubectl that is run: lists of what there is, each kind with all its fields, and a sample of fields. */
export function kubectlLines(documents: Documents, aggregated: readonly string[]): string[] {
  const kinds = new Map(kindsOf(documents).map((kind) => [kind.id, kind]));
  const explained = aggregated.flatMap((text) => explainedIn(JSON.parse(text) as Resources, kinds));
  const paths = explained.flatMap(({ word, kind }) =>
    fieldsBelow(kind, schemasAt(documents, kind.place)).map(({ path }) => `explain ${word.replace(' ', `.${path} `)}`),
  );
  return [
    ...LISTINGS,
    ...EXPLAINED,
    ...explained.map(({ word }) => `explain ${word} --recursive`),
    ...drawn(paths, SAMPLE_SIZE, SAMPLE_SEED),
  ];
}

function explainedIn({ items }: Resources, kinds: ReadonlyMap<string, ExplainedKind>): Explained[] {
  const found: Explained[] = [];
  for (const { metadata, versions } of items) {
    for (const { version, resources } of versions) {
      const groupVersion = metadata.name === undefined ? version : `${metadata.name}/${version}`;
      for (const { resource, responseKind } of resources) {
        const kind = kinds.get(`${groupVersion} ${responseKind.kind}`);
        if (kind) found.push({ word: `${resource} --api-version=${groupVersion}`, kind });
      }
    }
  }
  return found;
}
