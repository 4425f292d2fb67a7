import { describe, expect, test } from 'vitest';
import { KubectlMachine } from '../machine.js';
import { SETTINGS } from './tree.js';

const machine = new KubectlMachine();

/** `-k` builds what `kubectl kustomize` builds, in the words recorded in the trees beside this. */
describe('-k', () => {
  machine.put({
    'over/kustomization.yaml':
      'resources: [a.yaml]\ncommonLabels: {team: red}\nconfigMapGenerator:\n- name: made\n  literals: [a=b]\n',
    'over/a.yaml': SETTINGS,
    'wrong/kustomization.yaml': 'resource: [a.yaml]\n',
  });

  test('applies what a directory comes to, with its warnings', () => {
    expect(machine.shell('kubectl apply -k over')).toEqual({
      out: 'configmap/made-4h2mbtbbt6 created\nconfigmap/settings created\n',
      err: "# Warning: 'commonLabels' is deprecated. Please use 'labels' instead. Run 'kustomize edit fix' to update your Kustomization automatically.\n",
      code: 0,
    });
    expect(machine.shell('kubectl get cm -l team=red -o name').out).toBe(
      'configmap/made-4h2mbtbbt6\nconfigmap/settings\n',
    );
  });

  test.each([
    [
      'apply -k nowhere',
      "must build at directory: not a valid directory: evalsymlink failure on 'nowhere' : lstat /root/nowhere: no such file or directory",
    ],
    ['delete -k wrong', 'invalid Kustomization: json: unknown field "resource"'],
  ])('%s', (line, message) => {
    expect(machine.shell(`kubectl ${line}`)).toEqual({ out: '', err: `error: ${message}\n`, code: 1 });
  });
});
