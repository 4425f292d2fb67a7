import type { KubeObject } from '../../api/object.js';
import { printYamlDocuments } from '../../api/yaml/print.js';
import { gatewayDefinitions } from '../add-ons/gateway-api/definitions.js';
import { gatewayFabricObjects } from '../add-ons/gateway-api.js';
import { ingressNginxObjects } from '../add-ons/ingress-nginx.js';
import { localPathProvisioner } from '../add-ons/local-path-provisioner.js';
import { metallbObjects } from '../add-ons/metallb.js';
import { metricsServerObjects } from '../add-ons/metrics-server.js';
import { snapshotDefinitions } from '../add-ons/snapshot-controller/definitions.js';
import { snapshotControllerRights, snapshotControllerSetup } from '../add-ons/snapshot-controller.js';

/** A manifest that a project offers, and the versions of it that there are. */
interface Release {
  /** `owner/repository` at GitHub. */
  readonly project: string;
  /** The file's name among a release's assets, or its path in the repository. */
  readonly file: string;
  /** The version its objects are written for, as its project writes tags. */
  readonly version: string;
  /** Other versions the file is there for: the same objects with that version's images. */
  readonly others?: RegExp;
  /** What objects write instead of the tag. */
  readonly short?: string;
  readonly objects: () => readonly KubeObject[];
}

/** Assets of releases: `/<project>/releases/download/<version>/<file>`. */
const ASSETS: readonly Release[] = [
  {
    project: 'kubernetes-sigs/gateway-api',
    file: 'standard-install.yaml',
    version: 'v1.4.1',
    objects: gatewayDefinitions,
  },
  {
    project: 'kubernetes-sigs/metrics-server',
    file: 'components.yaml',
    version: 'v0.8.0',
    others: /^v0\.(?:7\.[0-2]|8\.1)$/,
    objects: () => metricsServerObjects(),
  },
];

const INGRESS_NGINX = {
  project: 'kubernetes/ingress-nginx',
  version: 'controller-v1.15.1',
  others: /^controller-v1\.1[2-5]\.\d$/,
};

/** external-snapshotter is installed file by file, or by the folders' kustomizations, which are not offered. */
const SNAPSHOTTER = {
  project: 'kubernetes-csi/external-snapshotter',
  version: 'v8.6.0',
  others: /^(?:v8\.[0-5]\.\d|release-8\.[0-6])$/,
};
const snapshotterFile = (file: string, objects: Release['objects']): Release => ({ ...SNAPSHOTTER, file, objects });

/** Files of repositories at a tag: `/<project>/<tag>/<file>`; the default branch has what the newest tag has. */
const FILES: readonly Release[] = [
  ...(['baremetal', 'cloud'] as const).map((provider) => ({
    ...INGRESS_NGINX,
    short: '1.15.1',
    file: `deploy/static/provider/${provider}/deploy.yaml`,
    objects: () => ingressNginxObjects(provider),
  })),
  {
    project: 'metallb/metallb',
    version: 'v0.15.2',
    file: 'config/manifests/metallb-native.yaml',
    objects: metallbObjects,
  },
  {
    project: 'nginx/nginx-gateway-fabric',
    version: 'v2.3.0',
    file: 'deploy/default/deploy.yaml',
    objects: gatewayFabricObjects,
  },
  {
    project: 'rancher/local-path-provisioner',
    version: 'v0.0.37',
    others: /^v0\.0\.3[0-6]$/,
    file: 'deploy/local-path-storage.yaml',
    objects: localPathProvisioner.objects,
  },
  snapshotterFile('client/config/crd/snapshot.storage.k8s.io_volumesnapshotclasses.yaml', snapshotDefinitions.classes),
  snapshotterFile(
    'client/config/crd/snapshot.storage.k8s.io_volumesnapshotcontents.yaml',
    snapshotDefinitions.contents,
  ),
  snapshotterFile('client/config/crd/snapshot.storage.k8s.io_volumesnapshots.yaml', snapshotDefinitions.snapshots),
  snapshotterFile('deploy/kubernetes/snapshot-controller/rbac-snapshot-controller.yaml', snapshotControllerRights),
  snapshotterFile('deploy/kubernetes/snapshot-controller/setup-snapshot-controller.yaml', () =>
    snapshotControllerSetup([]),
  ),
];
const BRANCHES = new Set(['main', 'master', 'refs/heads/main', 'refs/heads/master']);

/** The newest version of a project's assets; undefined when it has none here. */
export function newestRelease(project: string): string | undefined {
  return ASSETS.find((release) => release.project === project)?.version;
}

/** The text of a release's asset; undefined when there is none. */
export function releaseAsset(project: string, version: string, file: string): string | undefined {
  return textOf(ASSETS, project, version, file);
}

/** The text of a repository's file at a tag or branch; undefined when there is none. */
export function repositoryFile(path: string): string | undefined {
  const [, project = '', tag = '', file = ''] =
    /^\/([^/]+\/[^/]+)\/((?:refs\/(?:heads|tags)\/)?[^/]+)\/(.+)$/.exec(path) ?? [];
  const plain = tag.replace(/^refs\/tags\//, '');
  return textOf(FILES, project, BRANCHES.has(tag) ? undefined : plain, file);
}

/** `version` undefined: the one that the objects are written for. */
function textOf(
  releases: readonly Release[],
  project: string,
  version: string | undefined,
  file: string,
): string | undefined {
  const found = releases.find(
    (release) =>
      release.project === project &&
      release.file === file &&
      (version === undefined || version === release.version || release.others?.test(version)),
  );
  if (!found) return undefined;
  const text = printYamlDocuments(found.objects());
  const written = found.short ?? found.version;
  return text.replaceAll(written, version?.replace(found.version.replace(written, ''), '') ?? written);
}
