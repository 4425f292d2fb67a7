import { beforeAll, describe, expect, it } from 'vitest';
import { CommandLine } from './commands.js';

const SERVICE =
  '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"ipFamilyPolicy": "PreferDualStack", "selector": {"app": "web"}, "ports": [{"port": 80}]}}';
const TOLD =
  '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "told"}, "spec": {"containers": [{"name": "told", "image": "busybox", "command": ["sh", "-c", "echo $IPS / $HOSTS"], "env": [{"name": "IPS", "valueFrom": {"fieldRef": {"fieldPath": "status.podIPs"}}}, {"name": "HOSTS", "valueFrom": {"fieldRef": {"fieldPath": "status.hostIPs"}}}]}]}}';
const CODE = "-s -o /dev/null -w '%{http_code}\\n'";

describe('a cluster of both families', () => {
  let commands: CommandLine;
  beforeAll(() => {
    commands = new CommandLine('dual-stack', 'three-node', { dualStack: true });
    commands.run(
      'kubectl run web --image=nginx --labels=app=web; kubectl run asks --image=nicolaka/netshoot -- sleep 1d',
    );
    commands.run(`kubectl create -f - <<<'${SERVICE}'; kubectl create -f - <<<'${TOLD}'; sleep 10`);
  }, 120_000);

  it.each([
    ["kubectl get nodes --no-headers | awk '{print $2}' | uniq -c", '      3 Ready\n'],
    ['kubectl get node node01 -o jsonpath={.spec.podCIDRs}', '["10.244.1.0/24","fd00:10:244:1::/64"]'],
    [
      'kubectl get node node01 -o jsonpath=\'{.status.addresses[?(@.type=="InternalIP")].address}\'',
      '172.30.1.3 fd00:172:30:1::3',
    ],
    ["kubectl get pod web -o jsonpath='{.status.podIPs[*].ip}' | grep -cE '^10[.]244[.].* fd00:10:244:'", '1\n'],
    [
      'kubectl logs told | grep -cE "^10[.]244[0-9.]+,fd00:10:244:[0-9a-f:]+ / 172[.]30[.]1[.][0-9],fd00:172:30:1::[0-9]$"',
      '1\n',
    ],
    ['kubectl get svc web -o jsonpath={.spec.ipFamilies}', '["IPv4","IPv6"]'],
    [`kubectl exec asks -- curl -6 ${CODE} web`, '200\n'],
    [`kubectl exec asks -- curl -4 ${CODE} web`, '200\n'],
    [`kubectl exec asks -- curl ${CODE} "http://[$(kubectl get svc web -o jsonpath={.spec.clusterIPs[1]})]/"`, '200\n'],
    ['kubectl exec asks -- nc -6 -zv web 80 2>&1 | grep -c "fd00:10:96::.* succeeded"', '1\n'],
    [
      'kubectl exec asks -- wget -qO- "http://[$(kubectl get pod web -o jsonpath={.status.podIPs[1].ip})]/" | grep title',
      '<title>Welcome to nginx!</title>\n',
    ],
    // netshoot is Alpine: RFC 6724 has unique local addresses behind IPv4; Debian's C library has any IPv6 in front.
    [`kubectl exec asks -- curl -s -o /dev/null -w '%{remote_ip}' web | grep -c ^10[.]`, '1\n'],
    ["kubectl exec asks -- getent ahosts web | awk '{print $2}' | xargs", 'STREAM DGRAM STREAM DGRAM\n'],
    ["getent ahosts $(hostname) | awk '{print $2}' | xargs", 'STREAM DGRAM RAW\n'],
    ["kubectl exec web -- getent ahosts web.default.svc | sed -n '1p;4p' | grep -no '^fd00\\|^10'", '1:fd00\n2:10\n'],
    ['kubectl exec asks -- nslookup web | grep -c Address:', '3\n'],
    ["kubectl exec asks -- tail -n 2 /etc/hosts | awk '{print $2}'", 'asks\nasks\n'],
    [
      "kubectl get endpointslices -l kubernetes.io/service-name=web --no-headers | awk '{print $2}' | sort",
      'IPv4\nIPv6\n',
    ],
  ])('%s', (line, prints) => {
    expect(commands.run(line)).toBe(prints);
  });
});
