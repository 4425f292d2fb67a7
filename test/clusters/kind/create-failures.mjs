/** What a step fails with, by the scenario's word, and the step it fails in. */
export const FAILURES = {
  'image not found': [
    'Ensuring',
    'failed to pull image "kindest/node:v1.36.4": command "docker pull kindest/node:v1.36.4" failed with error: exit status 1\n\nCommand Output: Error response from daemon: manifest for kindest/node:v1.36.4 not found: manifest unknown: manifest unknown',
  ],
  'rate limit': [
    'Ensuring',
    'failed to pull image "kindest/node:v1.36.4": command "docker pull kindest/node:v1.36.4" failed with error: exit status 1\n\nCommand Output: Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
  ],
  'no disk': [
    'Preparing',
    'command "docker run --name kubedrill-x-control-plane" failed with error: exit status 125\n\nCommand Output: docker: Error response from daemon: mkdir /var/lib/docker/overlay2/5a1: no space left on device.',
  ],
  'no disk for the image': [
    'Ensuring',
    'failed to pull image "kindest/node:v1.36.4": command "docker pull kindest/node:v1.36.4" failed with error: exit status 1\n\nCommand Output: failed to register layer: write /usr/local/bin/kube-apiserver: no space left on device',
  ],
  'port taken': [
    'Preparing',
    'command "docker run --name kubedrill-x-control-plane" failed with error: exit status 125\n\nCommand Output: docker: Error response from daemon: driver failed programming external connectivity on endpoint kubedrill-x-control-plane: Bind for 127.0.0.1:40415 failed: port is already allocated.',
  ],
  inotify: [
    'Preparing',
    'could not find a log line that matches "Reached target .*Multi-User System.*|detected cgroup v1"\nFailed to create inotify object: Too many open files',
  ],
  'no systemd': [
    'Preparing',
    'could not find a log line that matches "Reached target .*Multi-User System.*|detected cgroup v1"',
  ],
  'kubeadm init': [
    'Starting',
    `failed to init node with kubeadm: command "docker exec --privileged kubedrill-x-control-plane kubeadm init --config=/kind/kubeadm.conf --skip-token-print --v=6" failed with error: exit status 1\n\nCommand Output: ${'I1122 15:00:00.000000     140 initconfiguration.go:261] loading configuration from "/kind/kubeadm.conf"\n'.repeat(40)}error: error execution phase wait-control-plane: failed while waiting for the kubelet to start: The HTTP call equal to 'curl -sSL http://127.0.0.1:10248/healthz' returned error: Get "http://127.0.0.1:10248/healthz": context deadline exceeded`,
  ],
  'kubeadm join': [
    'Joining',
    'failed to join node with kubeadm: command "docker exec --privileged kubedrill-x-worker kubeadm join --config /kind/kubeadm.conf --v=6" failed with error: exit status 1\n\nCommand Output: error execution phase kubelet-start: context deadline exceeded',
  ],
  'engine gone': [
    'Writing',
    'failed to get docker info: command "docker info --format \'{{json .}}\'" failed with error: exit status 1\n\nCommand Output: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ],
};
