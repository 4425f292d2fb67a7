import type { KubeObject } from '../../../api/object.js';
import { readSchemas, readWords, type Words } from '../schema-notation.js';
import { SNAPSHOT_WORDS } from './words.js';

const GROUP = 'snapshot.storage.k8s.io';
const APPROVED = 'https://github.com/kubernetes-csi/external-snapshotter/pull';
const QUANTITY =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$';

type Column = readonly [name: string, path: string, type: string];
const AGE: Column = ['Age', '.metadata.creationTimestamp', 'date'];

const fixed = (name: string) =>
  `{"x-kubernetes-validations":[{"message":"${name} is immutable","rule":"self == oldSelf"}]}`;
/** Of two fields exactly one is set, and stays. */
const oneOf = (one: string, other: string, message: string) => {
  const stays = (name: string) => ({
    message: `${name} is required once set`,
    rule: `!has(oldSelf.${name}) || has(self.${name})`,
  });
  const rule = `(has(self.${one}) && !has(self.${other})) || (!has(self.${one}) && has(self.${other}))`;
  return JSON.stringify({ 'x-kubernetes-validations': [stays(one), stays(other), { message, rule }] });
};

const ERROR = ` error object
  message string
  time string {"format":"date-time"}`;

const SNAPSHOT = `
spec* object
 source* object ${oneOf('persistentVolumeClaimName', 'volumeSnapshotContentName', 'exactly one of volumeSnapshotContentName and persistentVolumeClaimName must be set')}
  persistentVolumeClaimName string ${fixed('persistentVolumeClaimName')}
  volumeSnapshotContentName string ${fixed('volumeSnapshotContentName')}
 volumeSnapshotClassName string {"x-kubernetes-validations":[{"message":"volumeSnapshotClassName must not be the empty string when set","rule":"size(self) > 0"}]}
status object
 boundVolumeSnapshotContentName string
 creationTime string {"format":"date-time"}
${ERROR}
 readyToUse boolean
 restoreSize string ${JSON.stringify({ pattern: QUANTITY, 'x-kubernetes-int-or-string': true })}
 volumeGroupSnapshotName string`;

const CONTENT = `
spec* object {"x-kubernetes-validations":[{"message":"sourceVolumeMode is required once set","rule":"!has(oldSelf.sourceVolumeMode) || has(self.sourceVolumeMode)"}]}
 deletionPolicy* string {"enum":["Delete","Retain"]}
 driver* string
 source* object ${oneOf('volumeHandle', 'snapshotHandle', 'exactly one of volumeHandle and snapshotHandle must be set')}
  snapshotHandle string ${fixed('snapshotHandle')}
  volumeHandle string ${fixed('volumeHandle')}
 sourceVolumeMode string ${fixed('sourceVolumeMode')}
 volumeSnapshotClassName string
 volumeSnapshotRef* object {"x-kubernetes-map-type":"atomic","x-kubernetes-validations":[{"message":"both spec.volumeSnapshotRef.name and spec.volumeSnapshotRef.namespace must be set","rule":"has(self.name) && has(self.__namespace__)"}]}
  apiVersion string
  fieldPath string
  kind string
  name string
  namespace string
  resourceVersion string
  uid string
status object
 creationTime integer {"format":"int64"}
${ERROR}
 readyToUse boolean
 restoreSize integer {"format":"int64","minimum":0}
 snapshotHandle string
 volumeGroupSnapshotHandle string`;

const CLASS = `
deletionPolicy* string {"enum":["Delete","Retain"]}
driver* string
parameters object {"additionalProperties":{"type":"string"}}`;

interface Kind {
  readonly kind: string;
  readonly plural: string;
  readonly shortNames: readonly string[];
  readonly approved: number;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly schema: string;
  readonly required: readonly string[];
  readonly columns: readonly Column[];
  readonly status: boolean;
}

const CLASS_KIND: Kind = {
  kind: 'VolumeSnapshotClass',
  plural: 'volumesnapshotclasses',
  shortNames: ['vsclass', 'vsclasses'],
  approved: 814,
  scope: 'Cluster',
  schema: CLASS,
  required: ['deletionPolicy', 'driver'],
  columns: [['Driver', '.driver', 'string'], ['DeletionPolicy', '.deletionPolicy', 'string'], AGE],
  status: false,
};
const CONTENT_KIND: Kind = {
  kind: 'VolumeSnapshotContent',
  plural: 'volumesnapshotcontents',
  shortNames: ['vsc', 'vscs'],
  approved: 955,
  scope: 'Cluster',
  schema: CONTENT,
  required: ['spec'],
  columns: [
    ['ReadyToUse', '.status.readyToUse', 'boolean'],
    ['RestoreSize', '.status.restoreSize', 'integer'],
    ['DeletionPolicy', '.spec.deletionPolicy', 'string'],
    ['Driver', '.spec.driver', 'string'],
    ['VolumeSnapshotClass', '.spec.volumeSnapshotClassName', 'string'],
    ['VolumeSnapshot', '.spec.volumeSnapshotRef.name', 'string'],
    ['VolumeSnapshotNamespace', '.spec.volumeSnapshotRef.namespace', 'string'],
    AGE,
  ],
  status: true,
};
const SNAPSHOT_KIND: Kind = {
  kind: 'VolumeSnapshot',
  plural: 'volumesnapshots',
  shortNames: ['vs'],
  approved: 814,
  scope: 'Namespaced',
  schema: SNAPSHOT,
  required: ['spec'],
  columns: [
    ['ReadyToUse', '.status.readyToUse', 'boolean'],
    ['SourcePVC', '.spec.source.persistentVolumeClaimName', 'string'],
    ['SourceSnapshotContent', '.spec.source.volumeSnapshotContentName', 'string'],
    ['RestoreSize', '.status.restoreSize', 'string'],
    ['SnapshotClass', '.spec.volumeSnapshotClassName', 'string'],
    ['SnapshotContent', '.status.boundVolumeSnapshotContentName', 'string'],
    ['CreationTime', '.status.creationTime', 'date'],
    AGE,
  ],
  status: true,
};

/** The definitions of external-snapshotter, each as its own file has it; v1beta1, which is not served, is left out. */
export const snapshotDefinitions = {
  classes: () => [definition(CLASS_KIND)],
  contents: () => [definition(CONTENT_KIND)],
  snapshots: () => [definition(SNAPSHOT_KIND)],
};

function definition({
  kind,
  plural,
  shortNames,
  approved,
  scope,
  schema,
  required,
  columns,
  status,
}: Kind): KubeObject {
  const words = readWords(SNAPSHOT_WORDS);
  const own: Words = (path) => words(`${kind}.${path}`);
  const plain = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: { type: 'object' } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${GROUP}`,
      annotations: {
        'controller-gen.kubebuilder.io/version': 'v0.15.0',
        'api-approved.kubernetes.io': `${APPROVED}/${approved}`,
      },
    },
    spec: {
      group: GROUP,
      names: { kind, listKind: `${kind}List`, plural, shortNames: [...shortNames], singular: kind.toLowerCase() },
      scope,
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          additionalPrinterColumns: columns.map(([name, jsonPath, type]) => ({ name, jsonPath, type })),
          schema: {
            openAPIV3Schema: {
              description: words(kind),
              type: 'object',
              properties: { ...plain, ...readSchemas(schema, {}, own) },
              required: [...required],
            },
          },
          ...(status ? { subresources: { status: {} } } : {}),
        },
      ],
    },
  };
}
