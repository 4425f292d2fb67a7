import { expect, test } from 'vitest';
import { needsOfManifests } from '../../src/checker/needs/manifest-needs.js';
import { needsOfScript } from '../../src/checker/needs/script-needs.js';

/** What lines for bash need besides somebody who runs them. */
test.each<[string, string]>([
  ['kubectl get pods -A; k -n kube-system get cm coredns -o yaml', ''],
  ['k -n shop exec web -- cat /etc/nginx/nginx.conf', 'containers'],
  ['k logs deploy/web | grep ready > /opt/course/1/log', 'containers'],
  ['k run tmp --rm -i --image=busybox:1.36 -- wget -qO- http://web', 'containers'],
  ['k run web --image=nginx:1.27', ''],
  ['k cordon node01 && k drain node01', 'nodes'],
  ['k label node node01 disk=ssd', 'nodes'],
  ['k label ns shop team=a', ''],
  ['k debug node/node01 -it --image=busybox:1.36', 'nodes-root'],
  ['k debug web -it --image=busybox:1.36', ''],
  ['k -n kube-system rollout restart deploy coredns', 'system'],
  ['k scale deploy coredns --replicas=2 --namespace=kube-system', 'system'],
  ['ssh node01', 'nodes-root'],
  ['sudo ls /tmp/x', 'nodes-root'],
  ['timeout 5 curl -s http://web.shop', 'nodes-root'],
  ['for i in 1 2; do curl -s http://web.shop; done', 'nodes-root'],
  ['echo curl is a program', ''],
  ['systemctl restart kubelet', 'nodes-root'],
  ['ETCDCTL_API=3 true; etcdctl get /registry --prefix', 'etcd nodes-root'],
  ['sudo kubeadm token create', 'kubeadm nodes-root'],
  ['podman build -t web .', 'workstation'],
  ['kubectl apply -k /srv/shop/overlays/prod', 'workstation'],
  ['cat /home/candidate/notes /tmp/notes > /dev/null', ''],
  ['cat /opt/course/1/notes /opt/course/10/notes', 'workstation'],
  ['grep -r x < /etc/kubernetes/manifests/etcd.yaml', 'nodes-root'],
  ['kubectl --kubeconfig=/etc/kubernetes/admin.conf get nodes', 'nodes-root'],
  ['above=/srv/log; echo /var/log/app', ''],
  [`k patch deploy web --type=json -p '[{"op":"remove","path":"/spec/template"}]'`, ''],
  [
    "k apply -f - <<'EOF'\nkind: Pod\nspec: {volumes: [{hostPath: {path: /srv/web}}]}\n  hostPath: /srv/web\nEOF\nk get pods",
    '',
  ],
  ["k apply -f - <<'EOF'\nkind: ConfigMap\nmetadata: {name: coredns, namespace: kube-system}\nEOF", 'system'],
  ['cat <<EOF > job.yaml\nkind: Job\nmetadata: {name: count}\nEOF\nk create -f job.yaml', 'containers'],
  ['grep -q x <<< word && k get pods', ''],
])('%s: %s', (script, needs) => {
  expect(needsOfScript(script, { answers: '/opt/course/1' }).sort().join(' ')).toBe(needs);
});

/** What it takes to apply manifests. */
test.each<[string, string]>([
  ['kind: Deployment\nmetadata: {name: web, namespace: shop}', ''],
  ['kind: ClusterRole\nmetadata: {name: reads}', ''],
  ['kind: ClusterRole\nmetadata: {name: view}', 'system'],
  ['kind: ClusterRoleBinding\nmetadata: {name: "system:node"}', 'system'],
  ['kind: Namespace\nmetadata: {name: kube-system, labels: {a: b}}', 'system'],
  ['kind: Role\nmetadata: {name: r, namespace: kube-public}', 'system'],
  ['kind: Node\nmetadata: {name: node01}', 'system'],
  ['kind: APIService\nmetadata: {name: v1.shop}', 'system'],
  [
    'kind: RoleBinding\nmetadata: {name: r, namespace: shop}\nsubjects: [{kind: ServiceAccount, name: x, namespace: kube-system}]',
    '',
  ],
  ['kind: Pod\nmetadata: {name: p}\nspec: {containers: [{readinessProbe: {httpGet: {port: 80}}}]}', 'containers'],
  ['kind: CronJob\nmetadata: {name: nightly}', 'containers'],
  ['---\n---\nkind: Job', 'containers'],
  ['kind: Job\nmetadata:', 'containers'],
  ['a: [', ''],
  ['- 1\n- 2', ''],
])('%s: %s', (text, needs) => {
  expect(needsOfManifests(text).join(' ')).toBe(needs);
});
