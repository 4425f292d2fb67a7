import type { KubeObject } from '../../../api/object.js';
import { readSchemas, readWords, type Schema } from '../schema-notation.js';
import { AUTOSCALER_WORDS, CHECKPOINT_WORDS } from './words.js';

const GROUP = 'autoscaling.k8s.io';
const QUANTITY =
  '"anyOf":[{"type":"integer"},{"type":"string"}],"pattern":"^(\\\\+|-)?(([0-9]+(\\\\.[0-9]*)?)|(\\\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\\\+|-)?(([0-9]+(\\\\.[0-9]*)?)|(\\\\.[0-9]+))))?$","x-kubernetes-int-or-string":true';
const AMOUNTS = `object {"additionalProperties":{${QUANTITY}}}`;
const TIME = 'string {"format":"date-time","nullable":true}';

const BOOST = `startupBoost object
 cpu object {"x-kubernetes-validations":[{"message":"factor is required when type is Factor and forbidden otherwise","rule":"(self.type == 'Factor') == has(self.factor)"},{"message":"quantity is required when type is Quantity and forbidden otherwise","rule":"(self.type == 'Quantity') == has(self.quantity)"}]}
  type* string {"enum":["Factor","Quantity"]}
  factor integer {"format":"int32"}
  quantity any {${QUANTITY}}
  durationSeconds integer {"format":"int32"}
`;

/** The kinds of v1.8.1 (deploy/vpa-v1-crd-gen.yaml), in the short notation; what its features in alpha have is here too. */
const AUTOSCALER = `schema object
 apiVersion string
 kind string
 metadata object
 spec* object
  targetRef* object {"x-kubernetes-map-type":"atomic"}
   apiVersion string
   kind* string
   name* string
  updatePolicy object
   updateMode string {"enum":["Off","Initial","Recreate","InPlaceOrRecreate","InPlace","Auto"]}
   minReplicas integer {"format":"int32"}
   evictAfterOOMSeconds integer {"format":"int32","minimum":1}
   evictionRequirements array
    [] object
     changeRequirement* string {"enum":["TargetHigherThanRequests","TargetLowerThanRequests"]}
     resources* array
      [] string
  resourcePolicy object
   containerPolicies array
    [] object
     containerName string
     mode string {"enum":["Auto","Off"]}
     minAllowed ${AMOUNTS}
     maxAllowed ${AMOUNTS}
     controlledResources array
      [] string
     controlledValues string {"enum":["RequestsAndLimits","RequestsOnly"]}
     oomBumpUpRatio any {${QUANTITY}}
     oomMinBumpUp any {${QUANTITY}}
     memoryAggregationIntervalSeconds integer {"format":"int32","minimum":1}
     memoryAggregationIntervalCount integer {"format":"int64","minimum":1}
     startupBoost @startupBoost
  recommenders array
   [] object
    name* string
  startupBoost @startupBoost
 status object
  observedGeneration integer {"format":"int64","minimum":0}
  conditions array
   [] object
    type* string
    status* string
    lastTransitionTime string {"format":"date-time"}
    reason string
    message string
    observedGeneration integer {"format":"int64","minimum":0}
  recommendation object
   containerRecommendations array
    [] object
     containerName string
     target* ${AMOUNTS}
     lowerBound ${AMOUNTS}
     upperBound ${AMOUNTS}
     uncappedTarget ${AMOUNTS}
${BOOST}`;

const HISTOGRAM = `histogram object
 referenceTimestamp ${TIME}
 bucketWeights object {"x-kubernetes-preserve-unknown-fields":true}
 totalWeight number
`;

const CHECKPOINT = `schema object
 apiVersion string
 kind string
 metadata object
 spec object
  vpaObjectName string
  containerName string
 status object
  lastUpdateTime ${TIME}
  version string
  cpuHistogram @histogram
  memoryHistogram @histogram
  firstSampleStart ${TIME}
  lastSampleStart ${TIME}
  totalSamplesCount integer
${HISTOGRAM}`;

const COLUMNS = [
  { jsonPath: '.spec.updatePolicy.updateMode', name: 'Mode', type: 'string' },
  { jsonPath: '.status.recommendation.containerRecommendations[0].target.cpu', name: 'CPU', type: 'string' },
  { jsonPath: '.status.recommendation.containerRecommendations[0].target.memory', name: 'Mem', type: 'string' },
  {
    jsonPath: ".status.conditions[?(@.type=='RecommendationProvided')].status",
    name: 'Provided',
    type: 'string',
  },
  { jsonPath: '.metadata.creationTimestamp', name: 'Age', type: 'date' },
  { jsonPath: '.spec.updatePolicy.minReplicas', name: 'MinReplicas', priority: 1, type: 'integer' },
  { jsonPath: '.spec.updatePolicy.evictAfterOOMSeconds', name: 'OOMSeconds', priority: 1, type: 'integer' },
];

/** The CustomResourceDefinitions of the Vertical Pod Autoscaler, in the order of its manifest. */
export function autoscalerDefinitions(): KubeObject[] {
  return [
    definition('VerticalPodAutoscalerCheckpoint', 'vpacheckpoint', [CHECKPOINT, CHECKPOINT_WORDS], {}),
    definition('VerticalPodAutoscaler', 'vpa', [AUTOSCALER, AUTOSCALER_WORDS], {
      additionalPrinterColumns: COLUMNS,
      subresources: { status: {} },
    }),
  ];
}

function definition(
  kind: string,
  shortName: string,
  [notation, words]: readonly [string, string],
  more: object,
): KubeObject {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const openAPIV3Schema: Schema | undefined = readSchemas(notation, {}, readWords(words))['schema'];
  const spec = {
    group: GROUP,
    names: { kind, listKind: `${kind}List`, plural, shortNames: [shortName], singular },
    scope: 'Namespaced',
    versions: [{ ...more, name: 'v1', schema: { openAPIV3Schema }, served: true, storage: true }],
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${GROUP}`,
      annotations: {
        'api-approved.kubernetes.io': 'https://github.com/kubernetes/kubernetes/pull/63797',
        'controller-gen.kubebuilder.io/version': 'v0.21.0',
      },
    },
    spec,
  } as KubeObject;
}
