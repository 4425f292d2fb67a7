import { describe, expect, test } from 'vitest';
import { admissionChain, loadedPlugins } from '../../../../src/sim/apiserver/admission/chain.js';
import { readPlugins } from '../../../../src/sim/apiserver/command/admission-plugins.js';
import { readFlags } from '../../../../src/sim/apiserver/command/flags.js';

/** What the real kube-apiserver v1.36.0 says of itself without a flag. */
const LOADED = [
  'Loaded 14 mutating admission controller(s) successfully in the following order: NamespaceLifecycle,LimitRanger,ServiceAccount,TaintNodesByCondition,Priority,DefaultTolerationSeconds,DefaultStorageClass,StorageObjectInUseProtection,PodGroupProtection,RuntimeClass,DefaultIngressClass,PodTopologyLabels,MutatingAdmissionPolicy,MutatingAdmissionWebhook.',
  'Loaded 17 validating admission controller(s) successfully in the following order: LimitRanger,ServiceAccount,PodSecurity,Priority,PersistentVolumeClaimResize,RuntimeClass,CertificateApproval,CertificateSigning,ClusterTrustBundleAttest,CertificateSubjectRestriction,PodGroupWorkloadExists,NodeDeclaredFeatureValidator,JobValidation,PodResizeValidator,ValidatingAdmissionPolicy,ValidatingAdmissionWebhook,ResourceQuota.',
];

function problemsOf(...args: string[]): string[] {
  const problems: string[] = [];
  readPlugins(readFlags(args), problems);
  return problems;
}

describe('the chain', () => {
  test('is told in the log as the real one is', () => {
    expect(loadedPlugins([], []).map(([, text]) => text)).toEqual(LOADED);
  });

  test('runs what changes before what counts', () => {
    const names = admissionChain(['AlwaysDeny'], []).map(({ name }) => name);
    const order = ['NamespaceLifecycle', 'LimitRanger', 'PodSecurity', 'Priority', 'RuntimeClass', 'ResourceQuota'];
    expect(names.filter((name) => order.includes(name))).toEqual(order);
    expect(names.at(-1)).toBe('AlwaysDeny');
  });

  test('is what --admission-control says, and nothing else', () => {
    const { enabled, disabled } = readPlugins(readFlags(['--admission-control=ResourceQuota,LimitRanger']), []);
    expect(admissionChain(enabled, disabled).map(({ name }) => name)).toEqual(['LimitRanger', 'ResourceQuota']);
  });

  test('is of known plug-ins only, none of them both on and off', () => {
    expect(
      problemsOf(
        '--enable-admission-plugins=Foo,NodeRestriction,Bar',
        '--disable-admission-plugins=Baz,NodeRestriction',
      ),
    ).toEqual([
      'enable-admission-plugins plugin "Foo" is unknown',
      'enable-admission-plugins plugin "Bar" is unknown',
      'disable-admission-plugins plugin "Baz" is unknown',
      '[NodeRestriction] in enable-admission-plugins and disable-admission-plugins overlapped',
    ]);
    expect(problemsOf('--admission-control=Foo', '--enable-admission-plugins=LimitRanger')).toEqual([
      'admission-control and enable-admission-plugins/disable-admission-plugins flags are mutually exclusive',
      'admission-control plugin "Foo" is unknown',
    ]);
  });
});
