/**
 * Values as messages print them where the server holds its internal Go type: that type has no JSON names, so every field is
 * there, by the name Go has for it and in Go's order, `null` for what is not. Types that all groups share look as in JSON.
 */
import { type FactField, type FactType, knownType } from './facts/fact-types.js';
import type { TypeRef } from './facts/type-text.js';
import { givenField } from './given-empties.js';
import { isJsonObject, type JsonObject } from './object.js';
import { setField } from './set-field.js';

/** Words that Go writes in capitals. */
const GO_NAMES: Readonly<Record<string, string>> = {
  apiGroup: 'APIGroup',
  apiGroups: 'APIGroups',
  apiVersion: 'APIVersion',
  apiVersions: 'APIVersions',
  awsElasticBlockStore: 'AWSElasticBlockStore',
  caBundle: 'CABundle',
  cel: 'CEL',
  cephfs: 'CephFS',
  chapAuthDiscovery: 'DiscoveryCHAPAuth',
  chapAuthSession: 'SessionCHAPAuth',
  cidr: 'CIDR',
  cidrs: 'CIDRs',
  csi: 'CSI',
  dnsConfig: 'DNSConfig',
  dnsPolicy: 'DNSPolicy',
  fc: 'FC',
  fsGroup: 'FSGroup',
  fsGroupChangePolicy: 'FSGroupChangePolicy',
  fsGroupPolicy: 'FSGroupPolicy',
  fsType: 'FSType',
  gcePersistentDisk: 'GCEPersistentDisk',
  gmsaCredentialSpec: 'GMSACredentialSpec',
  gmsaCredentialSpecName: 'GMSACredentialSpecName',
  grpc: 'GRPC',
  http: 'HTTP',
  httpGet: 'HTTPGet',
  httpHeaders: 'HTTPHeaders',
  insecureSkipTLSVerify: 'InsecureSkipTLSVerify',
  ip: 'IP',
  ipBlock: 'IPBlock',
  ipFamilies: 'IPFamilies',
  ipFamilyPolicy: 'IPFamilyPolicy',
  ipMode: 'IPMode',
  ips: 'IPs',
  iqn: 'IQN',
  iscsi: 'ISCSI',
  iscsiInterface: 'ISCSIInterface',
  nfs: 'NFS',
  nonResourceURLs: 'NonResourceURLs',
  os: 'OS',
  osImage: 'OSImage',
  pdName: 'PDName',
  qosClass: 'QOSClass',
  rbd: 'RBD',
  seLinuxChangePolicy: 'SELinuxChangePolicy',
  seLinuxMount: 'SELinuxMount',
  seLinuxOptions: 'SELinuxOptions',
  sslEnabled: 'SSLEnabled',
  storageos: 'StorageOS',
  tcpSocket: 'TCPSocket',
  tls: 'TLS',
  ttlSecondsAfterFinished: 'TTLSecondsAfterFinished',
  tty: 'TTY',
  uid: 'UID',
  url: 'URL',
  wwids: 'WWIDs',
};

const RBD_NAMES = { monitors: 'CephMonitors', image: 'RBDImage', pool: 'RBDPool', user: 'RadosUser' };

/** Fields that Go names otherwise in one type only. */
const NAMES_OF_TYPE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'core.v1.AzureDiskVolumeSource': { diskURI: 'DataDiskURI' },
  'core.v1.GlusterfsPersistentVolumeSource': { endpoints: 'EndpointsName' },
  'core.v1.GlusterfsVolumeSource': { endpoints: 'EndpointsName' },
  'core.v1.RBDPersistentVolumeSource': RBD_NAMES,
  'core.v1.RBDVolumeSource': RBD_NAMES,
  'resource.v1.DeviceAttribute': {
    int: 'IntValue',
    bool: 'BoolValue',
    string: 'StringValue',
    version: 'VersionValue',
    ints: 'IntValues',
    bools: 'BoolValues',
    strings: 'StringValues',
    versions: 'VersionValues',
  },
};

/** Types whose fields stand in another order than in the API. */
const ORDER_OF_TYPE: Readonly<Record<string, string>> = {
  'core.v1.PersistentVolumeSource':
    'gcePersistentDisk awsElasticBlockStore hostPath glusterfs nfs rbd quobyte iscsi flexVolume cinder cephfs fc flocker azureFile vsphereVolume azureDisk photonPersistentDisk portworxVolume scaleIO local storageos csi',
};

/** The internal form of a value of a type such as `rbac.v1.RoleRef`. */
export function internalForm(id: string, value: object): JsonObject {
  const form: JsonObject = {};
  const type = knownType(id);
  const order = ORDER_OF_TYPE[id]?.split(' ').map((name) => type.byName.get(name) as FactField);
  for (const field of order ?? type.fields) writeForm(form, type, field, value as JsonObject);
  return form;
}

function writeForm(form: JsonObject, holder: FactType, field: FactField, value: JsonObject): void {
  if (field.json === '') Object.assign(form, internalForm(field.type.struct ?? '', value));
  // Metadata is a part of its holder there and has JSON names of its own.
  else if (field.type.struct === 'meta.v1.ObjectMeta') Object.assign(form, value[field.json]);
  else setField(form, goName(holder, field.json), formOf(field.type, givenField(value, field.json)));
}

function goName({ id }: FactType, json: string): string {
  return NAMES_OF_TYPE[id]?.[json] ?? GO_NAMES[json] ?? `${json.charAt(0).toUpperCase()}${json.slice(1)}`;
}

function formOf(type: TypeRef, value: unknown): unknown {
  if (value === undefined || value === null) return type.pointer ? null : emptyForm(type);
  if (type.kind === 'struct') {
    const id = type.struct ?? '';
    return id.startsWith('meta.v1.') ? value : internalForm(id, value as object);
  }
  const { item } = type;
  if (type.kind === 'list' && item && Array.isArray(value)) return value.map((one) => formOf(item, one));
  if (type.kind !== 'map' || !item || !isJsonObject(value)) return value;
  const map: JsonObject = {};
  // Go writes the keys of a map in order.
  for (const key of Object.keys(value).sort()) setField(map, key, formOf(item, value[key]));
  return map;
}

function emptyForm(type: TypeRef): unknown {
  switch (type.kind) {
    case 'struct':
      return type.struct?.startsWith('meta.v1.') ? {} : internalForm(type.struct ?? '', {});
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'quantity':
      return '0';
    case 'int32':
    case 'int64':
    case 'byte':
    case 'uint':
    case 'float':
    case 'intOrString':
      return 0;
    default:
      return null;
  }
}
