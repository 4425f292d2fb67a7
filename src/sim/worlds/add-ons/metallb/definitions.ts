import type { KubeObject } from '../../../api/object.js';
import { readSchemas, readWords } from '../schema-notation.js';

const SELECTOR = `selector object {"x-kubernetes-map-type":"atomic"}
 matchExpressions array {"x-kubernetes-list-type":"atomic"}
  [] object
   key* string
   operator* string
   values array {"x-kubernetes-list-type":"atomic"}
    [] string
 matchLabels object {"additionalProperties":{"type":"string"}}`;

const SELECTOR_WORDS = `selector Demands on labels; all of them have to be met.
 matchExpressions Demands on single labels.
  [] A demand on one label: key, operator and values.
   key The label's key.
   operator How the label relates to the values: In, NotIn, Exists or DoesNotExist.
   values The values for In and NotIn. Has to be empty for Exists and DoesNotExist.
    [] A value.
 matchLabels Labels and the value that each must have.`;

const POOL = `schema object
 apiVersion string
 kind string
 metadata object
 spec* object
  addresses* array
   [] string
  autoAssign boolean {"default":true}
  avoidBuggyIPs boolean {"default":false}
  serviceAllocation object
   namespaceSelectors array
    [] @selector
   namespaces array
    [] string
   priority integer
   serviceSelectors array
    [] @selector
 status object
  assignedIPv4* integer {"format":"int64"}
  assignedIPv6* integer {"format":"int64"}
  availableIPv4* integer {"format":"int64"}
  availableIPv6* integer {"format":"int64"}
${SELECTOR}`;

const POOL_WORDS = `schema Addresses that MetalLB gives to Services of type LoadBalancer.
 spec Which addresses, and who gets them.
  addresses The addresses, as ranges (from-to) or blocks (in CIDR notation).
   [] A range or a block.
  autoAssign Whether Services get addresses of this pool without asking for it.
  avoidBuggyIPs Whether addresses that end in .0 and .255 are left out, which some old devices do not reach.
  serviceAllocation Keeps the pool for certain Services. What is wanted of namespaces and what is wanted of Services must both be met.
   namespaceSelectors The Services of namespaces with such labels; one of these is enough.
   namespaces The Services of these namespaces.
    [] Name of a namespace.
   priority Of several pools that fit, the one with the lowest number is taken first; 0 comes after all others.
   serviceSelectors Services with such labels; one of these is enough.
 status How much of the pool is used.
  assignedIPv4 How many IPv4 addresses are given away.
  assignedIPv6 How many IPv6 addresses are given away.
  availableIPv4 How many IPv4 addresses are free.
  availableIPv6 How many IPv6 addresses are free.
${SELECTOR_WORDS}`;

const ADVERTISEMENT = `schema object
 apiVersion string
 kind string
 metadata object
 spec object
  interfaces array
   [] string
  ipAddressPoolSelectors array
   [] @selector
  ipAddressPools array
   [] string
  nodeSelectors array
   [] @selector
 status object
${SELECTOR}`;

const ADVERTISEMENT_WORDS = `schema Makes addresses of pools known in the neighbours' network: one node answers for each (layer 2).
 spec Which addresses, and where.
  interfaces Interfaces at which nodes answer; all of them when left out.
   [] Name of an interface.
  ipAddressPoolSelectors Pools with such labels; one of these is enough.
  ipAddressPools Names of pools. Without any, and without selectors, all pools are meant.
   [] Name of a pool.
  nodeSelectors Nodes that may answer, by their labels; all nodes when left out.
 status Nothing is reported here.
${SELECTOR_WORDS}`;

type Column = readonly [name: string, field: string, type: string, priority?: number];

/** The definitions of metallb-native.yaml (v0.15.2) for pools and for advertisements by layer 2. */
export function metallbDefinitions(): KubeObject[] {
  return [
    definition(
      'IPAddressPool',
      [POOL, POOL_WORDS],
      [
        ['Auto Assign', 'autoAssign', 'boolean'],
        ['Avoid Buggy IPs', 'avoidBuggyIPs', 'boolean'],
        ['Addresses', 'addresses', 'string'],
      ],
    ),
    definition(
      'L2Advertisement',
      [ADVERTISEMENT, ADVERTISEMENT_WORDS],
      [
        ['IPAddressPools', 'ipAddressPools', 'string'],
        ['IPAddressPool Selectors', 'ipAddressPoolSelectors', 'string'],
        ['Interfaces', 'interfaces', 'string'],
        ['Node Selectors', 'nodeSelectors', 'string', 10],
      ],
    ),
  ];
}

function definition(
  kind: string,
  [notation, words]: readonly [string, string],
  columns: readonly Column[],
): KubeObject {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  const version = {
    name: 'v1beta1',
    served: true,
    storage: true,
    schema: { openAPIV3Schema: readSchemas(notation, {}, readWords(words))['schema'] },
    subresources: { status: {} },
    additionalPrinterColumns: columns.map(([name, field, type, priority]) => ({
      name,
      type,
      jsonPath: `.spec.${field}`,
      ...(priority === undefined ? {} : { priority }),
    })),
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.metallb.io`,
      annotations: { 'controller-gen.kubebuilder.io/version': 'v0.17.2' },
    },
    spec: {
      group: 'metallb.io',
      names: { kind, listKind: `${kind}List`, plural, singular },
      scope: 'Namespaced',
      versions: [version],
    },
  };
}
